// The fields of a form as they are sent in the background. Files are uploaded on their own.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const formFields = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
