// What an image contains: its programs, its services, and who holds what.
import { interfaces } from '@capos/abi';
import { type Image, lockImage, type Sha256, validateManifest } from '@capos/image';

export interface ImageReport {
  readonly kind: 'image';
  readonly file: string;
  readonly name: string;
  readonly main: string;
  readonly programs: readonly { readonly name: string; readonly from: string }[];
  readonly services: readonly {
    readonly name: string;
    readonly program: string;
    readonly restart: string;
    readonly imports: readonly { readonly name: string; readonly interface: string; readonly from: string }[];
    readonly exports: readonly { readonly name: string; readonly interface: string }[];
  }[];
  readonly blobs: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

const interfaceName = (id: bigint): string => interfaces.get(id)?.name ?? `0x${id.toString(16)}`;

/** @throws ImageError when the manifest describes no system that can run. */
export function imageReport(file: string, image: Image, sha256: Sha256): ImageReport {
  const { manifest } = validateManifest(image.manifest, { blobs: image.blobs.keys() });
  const lock = lockImage(image, sha256);
  return {
    kind: 'image',
    file,
    name: manifest.name,
    main: manifest.main,
    programs: manifest.programs.map((program) => ({
      name: program.name,
      from: program.which === 'elf' ? `ELF blob ${program.elf}` : `hosted program ${program.hosted}`,
    })),
    services: manifest.services.map((service) => ({
      name: service.name,
      program: service.program,
      restart: String(service.restart),
      imports: service.imports.map((one) => ({
        name: one.name,
        interface: interfaceName(one.interfaceId),
        from: one.which === 'kernel' ? `kernel.${one.kernel}` : `${one.service.service}.${one.service.export}`,
      })),
      exports: service.exports.map((one) => ({ name: one.name, interface: interfaceName(one.interfaceId) })),
    })),
    blobs: Object.entries(lock.blobs).map(([name, digest]) => ({
      name,
      bytes: image.blobs.get(name)!.length,
      sha256: digest,
    })),
  };
}

export function imageReportText(report: ImageReport): string {
  const lines = [
    `${report.file}: the system "${report.name}"${report.main === '' ? '' : `, main service ${report.main}`}`,
  ];
  for (const service of report.services) {
    lines.push(`  ${service.name}  (${service.program}, ${service.restart})`);
    for (const one of service.imports) lines.push(`    holds ${one.name}: ${one.interface} from ${one.from}`);
    for (const one of service.exports) lines.push(`    serves ${one.name}: ${one.interface}`);
  }
  lines.push('  programs:', ...report.programs.map(({ name, from }) => `    ${name}: ${from}`));
  lines.push(
    '  blobs:',
    ...report.blobs.map(({ name, bytes, sha256 }) => `    ${name}  ${bytes} bytes  sha256 ${sha256}`),
  );
  return lines.join('\n');
}
