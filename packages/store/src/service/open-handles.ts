// Files and directories that clients hold open at one endpoint.
import type { LentObjects } from '@capos/runtime';
import type { OpenDirectory, OpenFile } from '../directory/file-system.ts';

export type OpenHandle =
  | { readonly file: OpenFile; readonly directory?: undefined }
  | { readonly directory: OpenDirectory; readonly file?: undefined };

export type OpenHandles = LentObjects<OpenHandle>;

export const closeHandle = ({ file, directory }: OpenHandle): void => (file ?? directory).close();
