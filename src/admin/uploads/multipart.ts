import type { RequestHandler } from 'express';
import type { StorageEngine } from 'multer';
import { RequestError } from '../../errors.ts';
import type { Upload } from './uploaded-files.ts';

interface MultipartParts {
  upload: Upload;
  /** The only field that may have files. */
  field: string;
  /** Otherwise files are read, but never written to disk. */
  keepsFiles: boolean;
  /** The longest text in a field, in bytes. */
  maxFieldSize: number;
}

/** As in forms of the usual type, see Express. */
const maxFields = 1000;

/** Reads a multipart form. `request.body` then has its texts. */
export function parseMultipart({ upload, field, keepsFiles, maxFieldSize }: MultipartParts): RequestHandler {
  const storage: StorageEngine = {
    async _handleFile(_request, { fieldname, originalname, stream }, done) {
      try {
        await upload.add(fieldname, originalname, stream);
      } catch (error) {
        return done(error);
      }
      done();
    },
    // The whole folder is removed with the request.
    _removeFile: (_request, _file, done) => done(null),
  };
  return async (request, response, next) => {
    // Loading it takes 30 ms, which would make every start slower.
    const { default: multer, MulterError } = await import('multer');
    const parse = multer({
      storage,
      defParamCharset: 'utf8',
      limits: { fieldNameSize: 100, fieldSize: maxFieldSize, fields: maxFields, fieldNestingDepth: 0, headerPairs: 20 },
      fileFilter: (_request, { fieldname }, decide) => decide(null, keepsFiles && fieldname === field),
    }).any();
    parse(request, response, async (error: unknown) => {
      if (error === undefined || error === null) return next();
      await upload.remove();
      // Faults of the disk are handled while a file is written, so every error here is one of the form.
      const isTooLarge = error instanceof MulterError && error.code.startsWith('LIMIT_');
      next(isTooLarge ? new RequestError(413, 'errors.tooLarge') : new RequestError(400, 'adminErrors.unreadable'));
    });
  };
}
