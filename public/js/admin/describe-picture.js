// Whether a picture is described, in the words that the server uses too.
// oxlint-disable-next-line no-unused-vars -- Other scripts use it.
const describePicture = ({ alt, isDecoration }) => {
  if (isDecoration) return { text: t('scripts.pictureDecoration'), isMissing: false };
  return alt ? { text: t('scripts.pictureDescribed', { alt }), isMissing: false } : { text: t('scripts.pictureNotDescribed'), isMissing: true };
};
