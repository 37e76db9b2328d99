/** A validation problem, named by the key of a message (src/messages/en/problems.ts) and its arguments. */
export type Problem =
  | {
      key:
        | 'problems.chooseTheme'
        | 'problems.correctionRequired'
        | 'problems.enterTitle'
        | 'problems.nameRequired'
        | 'problems.notAccounts'
        | 'problems.notArticle'
        | 'problems.notBluesky'
        | 'problems.notBoolean'
        | 'problems.notEmailAddress'
        | 'problems.notMastodon'
        | 'problems.notWebAddress'
        | 'problems.notLanguageInQuotes'
        | 'problems.noPictureAlt'
        | 'problems.notNames'
        | 'problems.notPercentage'
        | 'problems.notPicture'
        | 'problems.notText'
        | 'problems.notTextInQuotes'
        | 'problems.pictureDamaged'
        | 'problems.pictureFailed'
        | 'problems.pictureFormat'
        | 'problems.pictureEmpty'
        | 'problems.pictureHeic'
        | 'problems.notTimeInQuotes'
        | 'problems.textTooLarge'
        | 'problems.themeRequired'
        | 'problems.timeOccursTwice'
        | 'problems.timeOutOfRange'
        | 'problems.titleRequired'
        | 'problems.updatedTooEarly';
      values?: undefined;
    }
  | { key: 'problems.nameTooLong' | 'problems.notSlug' | 'problems.pictureFileSize' | 'problems.picturePixels' | 'problems.tooLong' | 'problems.tooManyAccounts' | 'problems.tooManyNames' | 'problems.tooManyPictures'; values: { limit: number } }
  | { key: 'problems.bodyPictureAlt' | 'problems.noPicture'; values: { id: number } }
  | { key: 'problems.altReliedOn'; values: { names: string } }
  | { key: 'problems.notLanguage' | 'problems.notTime' | 'problems.notZone'; values: { text: string } }
  | { key: 'problems.sharePictureTooSmall'; values: { id: number; width: number; height: number; minWidth: number; minHeight: number; bestWidth: number; bestHeight: number } }
  | { key: 'problems.timeSkipped'; values: { text: string; zone: string } }
  | { key: 'problems.timeAmbiguous'; values: { text: string; zone: string; first: string; second: string } }
  | { key: 'problems.unknownKey'; values: { known: string } };
