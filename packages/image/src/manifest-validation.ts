// Decides whether a manifest describes a system that can run, before anything of it does: every reference resolves, every
// name is unique where it must be, interfaces agree, no service waits for itself, sizes are bounded. All problems are found
// in one go, each a sentence that names the place, what was found there and what to do.

import {
  type Import,
  MAX_CAP_NAME_LENGTH,
  type Manifest,
  manifest as manifestCodec,
  type Program,
  type Service,
  SystemControl,
  utf8Length,
} from '@capos/abi';
import { ImageError } from './image-error.ts';
import { kernelObjectInterface } from './kernel-object-names.ts';
import { findCycle, startOrder } from './start-order.ts';

/** How much a manifest may hold. Beyond these, init could be made to spend what the system needs. */
export const MANIFEST_LIMITS = {
  /** Bytes of the message. */
  bytes: 1_048_576,
  programs: 256,
  services: 256,
  groups: 256,
  /** Imports and exports of one service together: they share its CapSet. */
  capabilities: 256,
  /** Strings in a service's arguments and environment. */
  strings: 1024,
  /** Bytes of them, with a NUL each. */
  stringBytes: 65_536,
  /** Bytes of a system's, program's or service's name. */
  nameBytes: 64,
} as const;

/** What the embedder or the image is known to have, to check references against. */
export interface KnownParts {
  /** Names of blobs; ELF programs must be among them. */
  readonly blobs?: Iterable<string>;
  /** Names of registered programs; hosted programs must be among them. */
  readonly hosted?: Iterable<string>;
  /** Names of capabilities init holds; `kernel.NAME` must be among them. */
  readonly kernel?: Iterable<string>;
}

/** A manifest that passed. */
export interface ValidManifest {
  readonly manifest: Manifest;
  readonly programs: ReadonlyMap<string, Program>;
  readonly services: ReadonlyMap<string, Service>;
  /** Every service behind those it imports from; otherwise as the manifest has them. */
  readonly startOrder: readonly Service[];
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const hex = (id: bigint): string => `0x${id.toString(16)}`;

const listed = (names: Iterable<string>): string => [...names].join(', ') || 'none';

/** Collects sentences about one manifest. */
class Inspection {
  readonly problems: string[] = [];

  say(problem: string): void {
    this.problems.push(problem);
  }

  name(what: string, name: string): void {
    if (NAME.test(name) && utf8Length(name) <= MANIFEST_LIMITS.nameBytes) return;
    this.say(
      `${what} is named "${name}": use 1 to ${MANIFEST_LIMITS.nameBytes} letters, digits, ".", "_" and "-", beginning with a letter or digit`,
    );
  }

  unique<Item extends { readonly name: string }>(what: string, items: readonly Item[]): Map<string, Item> {
    const map = new Map<string, Item>();
    for (const item of items) {
      if (map.has(item.name)) this.say(`two ${what}s are named "${item.name}": rename one`);
      else map.set(item.name, item);
    }
    return map;
  }

  atMost(what: string, found: number, limit: number, remedy: string): void {
    if (found > limit) this.say(`${what}: ${found} found, ${limit} allowed: ${remedy}`);
  }
}

function inspectPrograms(inspection: Inspection, manifest: Manifest, known: KnownParts): void {
  const blobs = known.blobs === undefined ? undefined : new Set(known.blobs);
  const hosted = known.hosted === undefined ? undefined : new Set(known.hosted);
  for (const program of manifest.programs) {
    inspection.name('a program', program.name);
    const [source, there] = program.which === 'elf' ? [program.elf, blobs] : [program.hosted, hosted];
    const noun = program.which === 'elf' ? 'blob' : 'hosted program';
    if (source === '') inspection.say(`program ${program.name} names no ${noun}: say which`);
    else if (there !== undefined && !there.has(source)) {
      inspection.say(`program ${program.name} needs the ${noun} "${source}": add it, or choose of ${listed(there)}`);
    }
  }
}

function inspectStrings(inspection: Inspection, service: Service): void {
  const strings = [...service.arguments, ...service.environment];
  const where = `service ${service.name}, arguments and environment`;
  inspection.atMost(where, strings.length, MANIFEST_LIMITS.strings, 'pass fewer strings');
  const bytes = strings.reduce((sum, text) => sum + utf8Length(text) + 1, 0);
  inspection.atMost(`${where}, bytes`, bytes, MANIFEST_LIMITS.stringBytes, 'put the rest into a file it imports');
  for (const text of strings) {
    if (text.includes('\0')) inspection.say(`${where}: "${text.replaceAll('\0', '\\0')}" contains a NUL: remove it`);
  }
  for (const text of service.environment) {
    if (text.indexOf('=') < 1) inspection.say(`service ${service.name}, environment: "${text}" is no NAME=VALUE`);
  }
}

function inspectNames(inspection: Inspection, service: Service): void {
  const seen = new Set<string>();
  for (const { name } of [...service.imports, ...service.exports]) {
    if (name === '' || utf8Length(name) > MAX_CAP_NAME_LENGTH || name.includes('\0')) {
      inspection.say(
        `service ${service.name} holds a capability named "${name.replaceAll('\0', '\\0')}": use 1 to ${MAX_CAP_NAME_LENGTH} bytes without NUL`,
      );
    }
    if (seen.has(name)) {
      inspection.say(
        `service ${service.name} imports or exports two capabilities as "${name}": each needs its own name`,
      );
    }
    seen.add(name);
  }
  inspection.atMost(
    `service ${service.name}, imports and exports`,
    service.imports.length + service.exports.length,
    MANIFEST_LIMITS.capabilities,
    'split the service',
  );
  for (const { name, interfaceId } of service.exports) {
    if (interfaceId === 0n)
      inspection.say(`service ${service.name}, export ${name}: no interface: name the one it serves`);
  }
}

/** What init exports itself. */
const INIT_EXPORTS = [{ name: 'system', interfaceId: SystemControl.id }];
/** Under which name a service finds the endpoint at which it is handed over. */
export const UPGRADE_CAP_NAME = 'upgrade';

/** Groups: known, without circles, and large enough to be worth a name. */
function inspectGroups(inspection: Inspection, manifest: Manifest): void {
  inspection.atMost('groups', manifest.groups.length, MANIFEST_LIMITS.groups, 'split the system');
  const groups = inspection.unique('group', manifest.groups);
  for (const group of manifest.groups) {
    inspection.name('a group', group.name);
    const where = `group ${group.name}`;
    if (typeof group.strategy === 'number' || typeof group.restart === 'number') {
      inspection.say(`${where}: its strategy or restart policy is not known here: use the matching release`);
    }
    if (group.periodMs === 0) inspection.say(`${where}: restarts within 0 ms mean nothing: give a period`);
    if (group.parent === '') continue;
    const seen = new Set<string>();
    for (let at = group; ; ) {
      if (seen.has(at.name)) {
        inspection.say(`${where} is below itself: groups form a tree: take one parent away`);
        break;
      }
      seen.add(at.name);
      if (at.parent === '') break;
      const parent = groups.get(at.parent);
      if (parent === undefined) {
        if (at === group)
          inspection.say(`${where}: there is no group "${group.parent}": choose of ${listed(groups.keys())}`);
        break;
      }
      at = parent;
    }
  }
  for (const service of manifest.services) {
    if (service.group !== '' && !groups.has(service.group)) {
      inspection.say(
        `service ${service.name}: there is no group "${service.group}": choose of ${listed(groups.keys())}`,
      );
    }
  }
}

/** What a service may use, and how it is replaced. */
function inspectUpkeep(inspection: Inspection, service: Service): void {
  const where = `service ${service.name}`;
  if (typeof service.upgrade === 'number') {
    inspection.say(`${where}: way of upgrading ${service.upgrade} is not known here: use the matching release`);
  }
  if (
    service.upgrade === 'handOver' &&
    [...service.imports, ...service.exports].some(({ name }) => name === UPGRADE_CAP_NAME)
  ) {
    inspection.say(`${where}: it is handed over at "${UPGRADE_CAP_NAME}": name its own capability otherwise`);
  }
  const seen = new Set<unknown>();
  for (const { resource } of service.limits) {
    if (typeof resource === 'number')
      inspection.say(`${where}: resource ${resource} is not known here: use the matching release`);
    if (seen.has(resource)) inspection.say(`${where}: two limits of ${resource}: give one`);
    seen.add(resource);
  }
}

function inspectImport(
  inspection: Inspection,
  service: Service,
  item: Import,
  services: ReadonlyMap<string, Service>,
  kernel: ReadonlySet<string> | undefined,
): void {
  const where = `service ${service.name}, import ${item.name}`;
  if (item.which === 'kernel') {
    if (kernel !== undefined && !kernel.has(item.kernel)) {
      inspection.say(`${where}: init holds no kernel.${item.kernel}: grant it at boot, or choose of ${listed(kernel)}`);
    }
    const expected = kernelObjectInterface(item.kernel);
    if (expected !== undefined && expected.id !== item.interfaceId) {
      inspection.say(
        `${where}: kernel.${item.kernel} is a ${expected.name} (${hex(expected.id)}), the import says ${hex(item.interfaceId)}: correct the import`,
      );
    }
    if (item.badge !== 0n) inspection.say(`${where}: kernel objects take no badge: remove ${item.badge}`);
    return;
  }
  const { service: from, export: part } = item.service;
  const exporter = from === 'init' ? { exports: INIT_EXPORTS } : services.get(from);
  if (exporter === undefined) {
    inspection.say(`${where}: there is no service "${from}": choose of ${listed(services.keys())}`);
    return;
  }
  const exported = exporter.exports.find(({ name }) => name === part);
  if (exported === undefined) {
    inspection.say(
      `${where}: service ${from} exports no "${part}": choose of ${listed(exporter.exports.map(({ name }) => name))}`,
    );
  } else if (exported.interfaceId !== item.interfaceId) {
    inspection.say(
      `${where}: ${from}.${part} is of interface ${hex(exported.interfaceId)}, the import wants ${hex(item.interfaceId)}: make them agree`,
    );
  }
}

/** One badge for two holders of one export would make them the same client. */
function inspectBadges(inspection: Inspection, manifest: Manifest): void {
  const holders = new Map<string, string>();
  for (const service of manifest.services) {
    for (const item of service.imports) {
      if (item.which !== 'service' || item.badge === 0n) continue;
      const facet = `${item.service.service}.${item.service.export}, badge ${item.badge}`;
      const holder = `${service.name}.${item.name}`;
      const other = holders.get(facet);
      if (other !== undefined)
        inspection.say(`${facet}: given to both ${other} and ${holder}: give each its own, or 0`);
      else holders.set(facet, holder);
    }
  }
}

function inspect(manifest: Manifest, known: KnownParts): { problems: readonly string[]; valid: ValidManifest } {
  const inspection = new Inspection();
  if (manifest.version !== 1) {
    inspection.say(`the manifest is of version ${manifest.version}, this is made for 1: use the matching release`);
  }
  inspection.name('the system', manifest.name);
  inspection.atMost('programs', manifest.programs.length, MANIFEST_LIMITS.programs, 'split the system');
  inspection.atMost('services', manifest.services.length, MANIFEST_LIMITS.services, 'split the system');
  const programs = inspection.unique('program', manifest.programs);
  const services = inspection.unique('service', manifest.services);
  inspectPrograms(inspection, manifest, known);
  const kernel = known.kernel === undefined ? undefined : new Set(known.kernel);
  for (const service of manifest.services) {
    inspection.name('a service', service.name);
    if (service.name === 'kernel' || service.name === 'init') {
      inspection.say(
        `a service is named "${service.name}": imports from it would mean ${service.name === 'kernel' ? 'the kernel' : 'init'}: rename it`,
      );
    }
    if (!programs.has(service.program)) {
      inspection.say(
        `service ${service.name} runs "${service.program}": no such program: choose of ${listed(programs.keys())}`,
      );
    }
    if (typeof service.restart === 'number') {
      inspection.say(
        `service ${service.name}: restart policy ${service.restart} is not known here: use the matching release`,
      );
    }
    inspectStrings(inspection, service);
    inspectNames(inspection, service);
    inspectUpkeep(inspection, service);
    for (const item of service.imports) inspectImport(inspection, service, item, services, kernel);
  }
  if (manifest.main !== '' && !services.has(manifest.main)) {
    inspection.say(`the main service is "${manifest.main}": no such service: choose of ${listed(services.keys())}`);
  }
  inspectGroups(inspection, manifest);
  inspectBadges(inspection, manifest);
  const cycle = findCycle(services);
  if (cycle !== undefined) {
    inspection.say(
      `services wait for one another: ${cycle.join(' → ')}: let one of them get the other's capability in a call instead`,
    );
  }
  return {
    problems: inspection.problems,
    valid: { manifest, programs, services, startOrder: cycle === undefined ? startOrder(services) : [] },
  };
}

/**
 * Checks a Manifest message. Given `known` parts, references to them are checked too.
 * @throws ImageError `badManifest` with everything that is wrong, or `tooLarge`
 */
export function validateManifest(bytes: Uint8Array, known: KnownParts = {}): ValidManifest {
  if (bytes.length > MANIFEST_LIMITS.bytes) {
    throw new ImageError('tooLarge', [
      `the manifest has ${bytes.length} bytes, ${MANIFEST_LIMITS.bytes} are allowed: split the system`,
    ]);
  }
  let manifest: Manifest;
  try {
    manifest = manifestCodec.decode(bytes);
  } catch (error) {
    throw new ImageError('badManifest', [`the manifest can't be read: ${(error as Error).message}`]);
  }
  const { problems, valid } = inspect(manifest, known);
  if (problems.length > 0) throw new ImageError('badManifest', problems);
  return valid;
}
