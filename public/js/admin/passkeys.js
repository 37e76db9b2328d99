// Shows the buttons that use or create a passkey. The browser's answer is submitted with the form that the button is in.
for (const button of document.querySelectorAll('[data-passkey]')) {
  const { passkey: method, options: path, unsupported, failed } = button.dataset;
  const status = button.parentElement.querySelector('[data-passkey-status]');
  button.hidden = false;
  button.addEventListener('click', async (event) => {
    event.preventDefault();
    status.textContent = '';
    const { form } = button;
    if (method === 'create' && !form.reportValidity()) return;
    button.disabled = true;
    try {
      form.append(await askBrowser(form));
      form.requestSubmit(button);
    } catch (error) {
      status.textContent = error instanceof Refusal ? error.message : failed;
      form.elements[error.field]?.focus();
    }
    button.disabled = false;
  });

  async function askBrowser(form) {
    const { parseCreationOptionsFromJSON, parseRequestOptionsFromJSON } = window.PublicKeyCredential ?? {};
    if (!parseCreationOptionsFromJSON || !parseRequestOptionsFromJSON) throw new Refusal(unsupported);
    // A pending text need not be sent twice.
    const body = method === 'create' ? new URLSearchParams(new FormData(form)) : undefined;
    const response = await fetch(path, { method: 'POST', headers: { Accept: 'application/json' }, body });
    const answer = await response.json();
    if (!response.ok) throw new Refusal(response.status === 401 ? failed : answer.problem, answer.field);
    const publicKey = method === 'create' ? PublicKeyCredential.parseCreationOptionsFromJSON(answer) : PublicKeyCredential.parseRequestOptionsFromJSON(answer);
    const credential = await navigator.credentials[method]({ publicKey });
    return hiddenField('credential', JSON.stringify(credential));
  }
}

/** An error whose message is for people, and the name of the field that it is about. */
class Refusal extends Error {
  constructor(message, field) {
    super(message);
    this.field = field;
  }
}

function hiddenField(name, value) {
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name, value });
  return field;
}
