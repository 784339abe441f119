// Keeping a library elsewhere: the format of a backup, and exports that other tools read.
export { blobSource, type ByteSource } from './container.ts';
export { readBackup, type BackupPart, type ReadVectors } from './readBackup.ts';
export type { BackedPost, BackedSettings, BackupHead, BackupTotals } from './records.ts';
export { writeBackup, type PostVectors } from './writeBackup.ts';
export { jsonLine, type ExportedPost } from './jsonLines.ts';
export { npyHeader, passageRecords, passageType } from './npy.ts';
