// Counts the words that readers see of a Markdown text, as the server does (`countMarkdownWords` in content/search/words.ts).
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const countMarkdownWords = (markdown) => {
  const text = markdown.replace(/\]\((?:[^()\n]|\([^()\n]*\))*\)/g, ']').replace(/^ {0,3}\[(?!\^)[^\]\n]+\]:.*$/gm, '').replace(/<[^<>\n]*>/g, ' ');
  const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]/gu;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad'’-]*/gu) ?? [];
  const characters = text.match(spaceless)?.length ?? 0;
  return characters === 0 ? words.length : words.filter((word) => word.search(spaceless) < 0).length + Math.ceil(characters / 2);
};
