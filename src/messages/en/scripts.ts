/**
 * The texts of the newsroom’s scripts. Every page contains them, and the scripts only replace `{name}`: plural, select,
 * tags and quoting don’t work here.
 */
export const scripts = {
  // Whether and where the text is saved
  savedOnServer: 'Your text is saved on the server ({time}).',
  problemSavedInBrowser: '{problem} Your text is saved in this browser ({time}).',
  problemNotSaved: '{problem} This browser can’t save your text: leave this page open.',
  unreachableSavedInBrowser: 'The server can’t be reached. Your text is saved in this browser ({time}) and will be sent as soon as possible.',
  unreachableNotSaved: 'The server can’t be reached, and this browser can’t save your text: leave this page open. It will be sent as soon as possible.',
  signedOutSavedOnServer: 'You have been signed out. Your text is saved on the server ({time}).',
  signedOutSavedInBrowser: 'You have been signed out. Your text is saved in this browser ({time}).',
  signedOutNotSaved: 'You have been signed out. Your text is only on this page: leave it open.',
  signIn: 'Sign in',
  connecting: 'Trying to reach the server…',
  recovered: 'Some of your text did not reach the server earlier. This browser saved it, and it is on the server now.',
  openRecovered: 'Open the article',
  deleted: 'This article has been deleted. Your text will be saved as a new draft.',

  pageDraft: 'This browser has unsaved text for this page ({time}).',
  usePageDraft: 'Continue with that text',
  discardPageDraft: 'Discard that text',

  problemsLeft: 'Still to fix: {count}',

  // Pictures
  pictureName: 'Picture {id}',
  pictureNamed: 'Picture {id}: {name}',
  pictureDescribed: 'Described as “{alt}”',
  pictureDecoration: 'Decoration: it needs no description.',
  pictureNotDescribed: 'This picture has no description yet. Readers who can’t see it need one.',
  pictureRemoved: 'The former picture has been removed.',
  pictureAndTextsRemoved: 'The former picture has been removed, with the description and caption that you wrote for this article.',
  detailsUnavailable: 'You can’t change this picture here. Describe it for this article instead.',
  uploadPlaceholder: 'Uploading {name}…',
  cancelUpload: 'Cancel',
  remove: 'Remove',
  removeUpload: 'Remove {name}',
  uploadsFailed: 'Not saved yet: a picture was not uploaded. Try again or remove it, and your changes will be saved.',
  uploadRefused: 'Not saved yet: a file was refused. Remove it, and your changes will be saved.',
  waitingForUploads: 'Pictures are still uploading ({count}). Your changes will be saved when they have finished uploading.',
  libraryUnreachable: 'The library can’t be reached. Check your connection, then search again.',
  noPictures: 'No pictures found. Search for other words, or upload a picture.',

  // Fields
  characters: 'Characters: {length} of {limit}',
  charactersOver: 'Characters: {length} of {limit} ({over} too many)',
  bytes: 'Bytes: {length} of {limit}',
  bytesOver: 'Bytes: {length} of {limit} ({over} too many)',
  newTheme: '“{name}” will be a new theme.',
  schedule: 'Schedule',
  scheduleFor: 'Schedule for {date}, {zone}',
  focalPoint: 'Focal point: {x} % from the left, {y} % from the top',
  copied: 'Copied',
  notCopied: 'Press Ctrl+C to copy',
  hidePreview: 'Hide preview',
  preview: 'Preview',

  // Uploads in the library
  waiting: 'Waiting',
  uploading: 'Uploading {name}',
  sent: '{percent} %',
  processing: 'Processing',
  uploaded: 'Uploaded',
  alreadyInLibrary: 'Already in the library',
  uploadUnreachable: 'The server can’t be reached.',
  uploadSignedOut: 'You have been signed out. Sign in again in another tab, then try again.',
  uploadFailed: 'The server could not process this file.',
  uploadTooLarge: 'The file is larger than {limit} MB.',
  uploadAgain: 'Try again',
  uploadAgainName: 'Try again: {name}',
  openPicture: 'Open',
} as const;
