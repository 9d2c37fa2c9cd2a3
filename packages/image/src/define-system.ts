// A system as data, checked by the compiler where it can be and by `validateManifest` where it can't.
//
//   programs   what can be run           name → an ELF blob or a hosted program
//   services   what runs, holding what   name → program, imports (a kernel object or another service's export), exports

import {
  type InterfaceDescriptor,
  type Manifest,
  manifest as manifestCodec,
  type Resource,
  SystemControl,
} from '@capos/abi';
import { ImageError } from './image-error.ts';
import { type KernelObjectName, kernelObjectInterface } from './kernel-object-names.ts';
import { validateManifest } from './manifest-validation.ts';

/** Something that can be run: an ELF file among the image's blobs, or a TypeScript program the embedder registers. */
export type ProgramDefinition = { readonly elf: string } | { readonly hosted: string };

/**
 * Where an import comes from: `kernel.NAME` or `SERVICE.EXPORT`; in long form with the interface of a kernel object this
 * package does not know, or with the badge the exporter shall know this holder by (otherwise init numbers it).
 */
export type ImportDefinition<Source extends string = string> =
  | Source
  | { readonly from: Source; readonly interface?: InterfaceDescriptor; readonly badge?: bigint };

/** A resource class that accounts count. */
export type ResourceName = Exclude<Resource, number>;

/** A program that runs, and all it holds. */
export interface ServiceDefinition<Program extends string = string, Source extends string = string> {
  readonly program: Program;
  /** argv, from argv[0] on; by default the service's name alone. */
  readonly arguments?: readonly string[];
  /** `NAME=VALUE` strings by name. */
  readonly environment?: Readonly<Record<string, string>>;
  /** By the names the service finds them under in its CapSet. */
  readonly imports?: Readonly<Record<string, ImportDefinition<Source>>>;
  /** The interfaces it serves. It finds the owner's side of each, an Endpoint, under the export's name. */
  readonly exports?: Readonly<Record<string, InterfaceDescriptor>>;
  /** `temporary` (never again, the default), `transient` (after a failure), `permanent` (whenever it ends). */
  readonly restart?: 'temporary' | 'transient' | 'permanent';
  /** Restarts within a minute before init gives up; 5 unless given. Without meaning in a group. */
  readonly restartLimit?: number;
  /** The group it starts again with; a group of its own unless given. */
  readonly group?: string;
  /**
   * What a new manifest that changes its program, arguments, environment or imports does to it while it runs: `restart` (the
   * default), or `handOver`: live, it serves Upgradable at the endpoint that it finds as `upgrade`.
   */
  readonly upgrade?: 'restart' | 'handOver';
  /** The most it may use of a resource, what it starts included. */
  readonly limits?: Readonly<Partial<Record<ResourceName, number | bigint>>>;
}

/** Services that start again together, as an Erlang/OTP supervisor's children do. */
export interface GroupDefinition {
  /** Whichever ended · it and those started after it · all of them. */
  readonly strategy: 'oneForOne' | 'restForOne' | 'oneForAll';
  /** Restarts within a period, past which the group ends as a whole; 1 unless given. */
  readonly intensity?: number;
  /** 5,000 unless given. */
  readonly periodMs?: number;
  /** The group that starts this one again. */
  readonly parent?: string;
  /** Whether it does: `permanent` unless given. */
  readonly restart?: 'temporary' | 'transient' | 'permanent';
}

/** Where a service imports SystemControl from: init itself. */
export const SYSTEM_CONTROL_SOURCE = 'init.system';

/** What a service of `Services` may import. */
export type SourceOf<Services> =
  | `kernel.${KernelObjectName}`
  | typeof SYSTEM_CONTROL_SOURCE
  | {
      [Name in keyof Services & string]: Services[Name] extends { readonly exports: infer Exports }
        ? `${Name}.${keyof Exports & string}`
        : never;
    }[keyof Services & string];

/** A system: its programs and its services. */
export interface SystemDefinition<Programs, Services> {
  /** Letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  readonly programs: Programs;
  readonly services: Services;
  /** Services in no group are groups of one. */
  readonly groups?: Readonly<Record<string, GroupDefinition>>;
  /** The service whose end is the system's end; without one, the system ends when all its services have. */
  readonly main?: keyof Services & string;
}

/** A defined system: what `kernel.boot` and `packImage` take. */
export interface System {
  readonly name: string;
  /** A Manifest message. */
  readonly manifest: Uint8Array;
  /** Names of the blobs its programs need. */
  readonly blobNames: readonly string[];
}

type AnyServices = Readonly<Record<string, ServiceDefinition>>;
type CheckedServices<Programs, Services> = {
  readonly [Name in keyof Services]: ServiceDefinition<
    keyof Programs & string,
    SourceOf<Services> | `kernel.${string}`
  >;
};

function importOf(
  services: AnyServices,
  service: string,
  name: string,
  definition: ImportDefinition,
): Manifest['services'][number]['imports'][number] {
  const { from, interface: given, badge = 0n } = typeof definition === 'string' ? { from: definition } : definition;
  const dot = from.indexOf('.');
  const [source, part] = [from.slice(0, dot), from.slice(dot + 1)];
  if (dot <= 0 || part === '') {
    throw new ImageError('badManifest', [
      `service ${service}, import ${name}: "${from}" names no source: write kernel.NAME or SERVICE.EXPORT`,
    ]);
  }
  if (source === 'kernel') {
    const descriptor = given ?? kernelObjectInterface(part);
    if (descriptor === undefined) {
      throw new ImageError('badManifest', [
        `service ${service}, import ${name}: the interface of kernel.${part} is not known here: add interface: to the import`,
      ]);
    }
    return { name, interfaceId: descriptor.id, which: 'kernel', kernel: part, badge };
  }
  const exported = from === SYSTEM_CONTROL_SOURCE ? SystemControl : services[source]?.exports?.[part];
  // Left at 0 when there is no such export: validation says so, with the names there are.
  return {
    name,
    interfaceId: (given ?? exported)?.id ?? 0n,
    which: 'service',
    service: { service: source, export: part },
    badge,
  };
}

/**
 * Makes a system from its description.
 * @throws ImageError `badManifest` with everything that is wrong with it, all at once
 */
export function defineSystem<
  const Programs extends Readonly<Record<string, ProgramDefinition>>,
  const Services extends AnyServices,
>(definition: SystemDefinition<Programs, Services & CheckedServices<Programs, Services>>): System {
  const services: AnyServices = definition.services;
  const value: Manifest = {
    version: 1,
    name: definition.name,
    main: definition.main ?? '',
    groups: Object.entries(definition.groups ?? {}).map(([name, group]) => ({
      name,
      strategy: group.strategy,
      intensity: group.intensity ?? 1,
      periodMs: group.periodMs ?? 5000,
      parent: group.parent ?? '',
      restart: group.restart ?? 'permanent',
    })),
    programs: Object.entries(definition.programs).map(([name, program]) =>
      'elf' in program ? { name, which: 'elf', elf: program.elf } : { name, which: 'hosted', hosted: program.hosted },
    ),
    services: Object.entries(services).map(([name, service]) => ({
      name,
      program: service.program,
      arguments: service.arguments ?? [],
      environment: Object.entries(service.environment ?? {}).map(([variable, text]) => `${variable}=${text}`),
      imports: Object.entries(service.imports ?? {}).map(([as, source]) => importOf(services, name, as, source)),
      exports: Object.entries(service.exports ?? {}).map(([as, { id }]) => ({ name: as, interfaceId: id })),
      restart: service.restart ?? 'temporary',
      restartLimit: service.restartLimit ?? 5,
      group: service.group ?? '',
      upgrade: service.upgrade ?? 'restart',
      limits: (Object.entries(service.limits ?? {}) as [ResourceName, number | bigint][]).map(([resource, amount]) => ({
        resource,
        amount: BigInt(amount),
      })),
    })),
  };
  const bytes = new Uint8Array(manifestCodec.measure(value));
  manifestCodec.encode(value, bytes);
  validateManifest(bytes);
  const blobNames = Object.values(definition.programs).flatMap((program) => ('elf' in program ? [program.elf] : []));
  return { name: definition.name, manifest: bytes, blobNames: [...new Set(blobNames)] };
}
