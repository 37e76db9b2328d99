// Calls `upload` with the files that are dropped or pasted onto an element. Text is left to the browser.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const acceptFiles = (element, upload) => {
  const mark = (isOver) => element.classList.toggle('is-drop-target', isOver);
  element.addEventListener('dragover', (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    mark(true);
  });
  element.addEventListener('dragleave', (event) => {
    if (!element.contains(event.relatedTarget)) mark(false);
  });
  element.addEventListener('drop', (event) => {
    mark(false);
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    upload([...event.dataTransfer.files], event);
  });
  element.addEventListener('paste', (event) => {
    const { files } = event.clipboardData;
    // Office programs add a picture of the copied text.
    if (files.length === 0 || event.clipboardData.getData('text/plain').trim() !== '') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    upload([...files], event);
  });
};

const hasFiles = ({ types }) => types.includes('Files');
