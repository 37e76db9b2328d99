// The texts of the scripts, which the page contains in its language. Each argument is a {name} in the text.
const texts = JSON.parse(document.getElementById('messages')?.textContent ?? '{}');
// oxlint-disable-next-line no-unused-vars -- The other scripts use it.
const t = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
