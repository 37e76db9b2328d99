// Names with the same key are one name, as on the server (`nameKey` in content/articles/article.ts).
const ignoredInKeys = /[\p{Quotation_Mark}\p{Dash}\p{White_Space}\p{Default_Ignorable_Code_Point}`´ʹʺʻʼʽʾʿˈ′″‴՚׳״]/gu;
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const nameKey = (name) => {
  const folded = name.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return (folded.replace(ignoredInKeys, '') || folded.replace(/\s/g, '')).normalize('NFC');
};
