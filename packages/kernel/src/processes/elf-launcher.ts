// Launching an ELF file: its image placed, ring, CapSet and first stack made, and its first thread ready; or its personality started.

import {
  CAP_SET_ADDRESS,
  capSetSize,
  MAX_CAP_SET_PAGES,
  PAGE_SIZE,
  PIE_BASE,
  PROTECTION,
  REGISTER,
  RING_ADDRESS,
  writeCapSet,
} from '@capos/abi';
import { RESOURCE } from '../accounting/ledger.ts';
import { TrapFrame } from '../arch/trap-frame.ts';
import { KernelError } from '../kernel-error.ts';
import type { AddressSpace } from '../memory/address-space.ts';
import { ACCESS } from '../memory/user-memory.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import { ElfError, type ElfFile, parseElf } from './elf-file.ts';
import { ElfBody } from './elf-process.ts';
import { ForeignForker } from './foreign-forker.ts';
import { ForeignHost } from './foreign-host.ts';
import { placeImage } from './image-loader.ts';
import { buildInitialStack, buildThreadLocalBlock } from './initial-stack.ts';
import type { Process } from './process.ts';
import type { ElfLauncher, SpawnRequest } from './spawn.ts';

/** Starts ELF processes. */
export class ProcessLauncher implements ElfLauncher {
  readonly #scheduler: Scheduler;
  #lastTag = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  launch(process: Process, image: Uint8Array, request: SpawnRequest): void {
    const body = ElfBody.create(
      process,
      this.#scheduler,
      ++this.#lastTag,
      request.personality !== undefined,
      request.spawner?.body.context,
    );
    process.body = body;
    if (request.personality !== undefined) {
      keepImage(process, image);
      const forker = new ForeignForker(process, body, this.#scheduler, () => ++this.#lastTag);
      const host = new ForeignHost(process, body, this.#scheduler, image, request, forker);
      body.personality = host;
      host.start();
      return;
    }
    try {
      this.#startNative(process, body, image, request);
    } catch (error) {
      if (error instanceof ElfError) {
        throw new KernelError('cannotSpawn', `can't start ${process.name}: of its ELF file, ${error.message}`);
      }
      throw error;
    }
  }

  #startNative(process: Process, body: ElfBody, image: Uint8Array, request: SpawnRequest): void {
    const { space } = body;
    const file: ElfFile = parseElf(image);
    if (file.interpreter !== undefined)
      throw new ElfError('it asks for an interpreter, and native programs are static');
    const placed = placeImage(space, file, image, Number(PIE_BASE), false, process.nucleus.images);
    body.image = { start: file.start + placed.base, end: placed.end };
    const thread = body.newThread();
    if (thread === undefined) throw new ElfError('the ledger has no thread for it');
    body.openRing(thread, mapKernelPages(space, Number(RING_ADDRESS), 1, PROTECTION.READ | PROTECTION.WRITE));
    mapCapSet(process, space);
    const stackPointer = buildInitialStack(
      space,
      placed,
      file.programHeaderCount,
      request.arguments,
      request.environment,
    );
    const frame = new TrapFrame(thread.frame);
    frame.setFsBase(BigInt(buildThreadLocalBlock(space, file.tls, image)));
    frame.setRip(BigInt(placed.entry));
    frame.setRegister(REGISTER.RSP, BigInt(stackPointer));
    frame.setRegister(REGISTER.RDI, RING_ADDRESS);
    frame.setRegister(REGISTER.RSI, BigInt(process.id));
    frame.setRegister(REGISTER.RDX, CAP_SET_ADDRESS);
    body.makeReady(thread);
  }
}

/** A personality keeps the program file for as long as the process lives. */
function keepImage({ ended, ledger, name }: Process, image: Uint8Array): void {
  if (!ledger.reserve(RESOURCE.IN_FLIGHT_BYTES, image.length)) {
    throw new KernelError('cannotSpawn', `can't start ${name}: its file of ${image.length} bytes is beyond its ledger`);
  }
  ended.push(() => ledger.release(RESOURCE.IN_FLIGHT_BYTES, image.length));
}

/** Maps pages of the kernel's window and backs the first of them; its physical address. */
function mapKernelPages(space: AddressSpace, address: number, pages: number, protection: number): number {
  const mapped = space.map(address, pages * PAGE_SIZE, protection, true, true);
  const physical = typeof mapped === 'number' ? space.locate(address, PAGE_SIZE, ACCESS.READ) : -1;
  if (physical < 0) throw new ElfError('there is no memory for what the kernel gives it');
  return physical;
}

function mapCapSet(process: Process, space: AddressSpace): void {
  const { names, table } = process;
  const entries = [...names].map(([name, capId]) => ({
    name,
    capId,
    interfaceId: table.referentAt(table.slotOf(capId)).interfaceId,
  }));
  const pages = Math.max(1, Math.ceil(capSetSize(entries.length) / PAGE_SIZE));
  if (pages > MAX_CAP_SET_PAGES) throw new ElfError('it is given more capabilities than its CapSet holds');
  mapKernelPages(space, Number(CAP_SET_ADDRESS), pages, PROTECTION.READ);
  const bytes = new Uint8Array(capSetSize(entries.length));
  writeCapSet(entries, bytes, 0);
  if (!space.writeAsKernel(Number(CAP_SET_ADDRESS), bytes)) throw new ElfError('there is no memory for its CapSet');
}
