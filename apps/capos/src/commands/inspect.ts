// `capos inspect`: what a file would be to capOS, without running any of it.
import { readFileSync } from 'node:fs';
import { programFormat } from '@capos/abi';
import { ImageError, unpackImage } from '@capos/image';
import { ElfError } from '@capos/kernel';
import { EXIT } from '../exit-status.ts';
import { elfReport, elfReportText } from '../inspect/elf-report.ts';
import { imageReport, imageReportText } from '../inspect/image-report.ts';
import { sha256 } from '../sha256.ts';

export interface InspectOptions {
  readonly file: string;
  readonly json: boolean;
}

/** Prints the report and answers the exit status of the command. */
export async function inspect({ file, json }: InspectOptions): Promise<number> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    process.stderr.write(`capos: ${file}: ${(error as Error).message}\n`);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? EXIT.NOT_FOUND : EXIT.FAILED;
  }
  try {
    const isElf = programFormat(bytes) !== 'not-elf';
    const report = isElf ? elfReport(file, bytes) : imageReport(file, unpackImage(bytes, sha256), sha256);
    const text = report.kind === 'elf' ? elfReportText(report) : imageReportText(report);
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${text}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ElfError) && !(error instanceof ImageError)) throw error;
    const kind = error instanceof ElfError ? 'an ELF file that can be run' : 'an ELF file or a capOS image';
    process.stderr.write(`capos: ${file} is not ${kind}: ${error.message}\n`);
    return EXIT.NOT_EXECUTABLE;
  }
}
