// What an ELF file is: for whom it was built, what it takes of memory, what it asks of a system.
import { PROTECTION, programFormat } from '@capos/abi';
import { parseElf } from '@capos/kernel';

export interface ElfReport {
  readonly kind: 'elf';
  readonly file: string;
  readonly bytes: number;
  /** native: built for capOS, says its note. foreign: some other system's, run as a Linux program. */
  readonly program: 'native' | 'foreign';
  readonly linkage: 'static' | 'static-pie' | 'dynamic';
  readonly interpreter: string | null;
  readonly entry: string;
  readonly segments: readonly {
    readonly address: string;
    readonly memoryBytes: number;
    readonly fileBytes: number;
    readonly rights: string;
  }[];
  readonly threadLocalBytes: number;
}

const hex = (value: number): string => `0x${value.toString(16)}`;

const rights = (protection: number): string =>
  [
    protection & PROTECTION.READ ? 'r' : '-',
    protection & PROTECTION.WRITE ? 'w' : '-',
    protection & PROTECTION.EXECUTE ? 'x' : '-',
  ].join('');

/** @throws ElfError when the kernel would refuse the file. */
export function elfReport(file: string, bytes: Uint8Array): ElfReport {
  const elf = parseElf(bytes);
  return {
    kind: 'elf',
    file,
    bytes: bytes.length,
    program: programFormat(bytes) === 'native' ? 'native' : 'foreign',
    linkage: elf.interpreter !== undefined ? 'dynamic' : elf.isRelocatable ? 'static-pie' : 'static',
    interpreter: elf.interpreter ?? null,
    entry: hex(elf.entry),
    segments: elf.segments.map(({ address, memorySize, fileSize, protection }) => ({
      address: hex(address),
      memoryBytes: memorySize,
      fileBytes: fileSize,
      rights: rights(protection),
    })),
    threadLocalBytes: elf.tls?.memorySize ?? 0,
  };
}

const SYSTEM = { native: 'a native capOS program', foreign: 'a Linux program' } as const;

export function elfReportText(report: ElfReport): string {
  const lines = [
    `${report.file}: ${SYSTEM[report.program]}, ${report.linkage}, ${report.bytes.toLocaleString('en-US')} bytes`,
    `  entry ${report.entry}`,
    ...report.segments.map(
      ({ address, memoryBytes, rights: r }) =>
        `  ${r}  ${address.padEnd(18)} ${memoryBytes.toLocaleString('en-US')} bytes`,
    ),
  ];
  if (report.threadLocalBytes > 0) lines.push(`  thread-local storage: ${report.threadLocalBytes} bytes a thread`);
  if (report.interpreter !== null) {
    lines.push(`  needs the interpreter ${report.interpreter}, and the libraries it looks for, in a --mount`);
  }
  if (report.program === 'native') lines.push('  holds what `capos run` gives: standard streams, a clock, entropy');
  else lines.push('  holds what `capos run` gives: standard streams, a clock, entropy, and each --mount');
  return lines.join('\n');
}
