// The page contains the texts of the scripts in its language, with arguments such as {name}.
const texts = JSON.parse(document.getElementById('messages')?.textContent ?? '{}');
// oxlint-disable-next-line no-unused-vars -- The other scripts use `t`.
const t = (key, values = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
