// The C++ rival: the same call by Cap'n Proto's own RPC, between two processes over a unix socket. Compiled when the bench runs,
// outside the repository, where Debian's libcapnp-dev and a C++ compiler are.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCHEMA = `@0xb1c1a3f0a5d2e7c4;
interface Terminal { getSize @0 () -> (columns :UInt16, rows :UInt16, isTerminal :Bool); }
`;

const PROGRAM = `
#include <algorithm>
#include <capnp/rpc-twoparty.h>
#include <cstdio>
#include <ctime>
#include <kj/async-io.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>
#include "terminal.capnp.h"
struct Server final : Terminal::Server {
  kj::Promise<void> getSize(GetSizeContext context) override {
    auto results = context.getResults();
    results.setColumns(132); results.setRows(50); results.setIsTerminal(true);
    return kj::READY_NOW;
  }
};
static long now() { timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000L + t.tv_nsec; }
int main(int argc, char **argv) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair)) return 1;
  bool child = fork() == 0;
  close(pair[child ? 0 : 1]);
  auto io = kj::setupAsyncIo();
  auto stream = io.lowLevelProvider->wrapSocketFd(pair[child ? 1 : 0]);
  if (child) {
    capnp::TwoPartyVatNetwork network(*stream, capnp::rpc::twoparty::Side::SERVER);
    auto rpc = capnp::makeRpcServer(network, kj::heap<Server>());
    network.onDisconnect().wait(io.waitScope);
    return 0;
  }
  capnp::TwoPartyClient client(*stream);
  auto terminal = client.bootstrap().castAs<Terminal>();
  long calls = atol(argv[1]);
  std::vector<long> samples;
  for (long n = -calls; n < calls; n++) {
    long start = now();
    auto response = terminal.getSizeRequest().send().wait(io.waitScope);
    if (response.getColumns() != 132 || response.getRows() != 50) return 2;
    if (n >= 0) samples.push_back(now() - start);
  }
  std::sort(samples.begin(), samples.end());
  for (size_t n = 5; n < samples.size(); n += 10) printf("%ld ", samples[n]);
}
`;

/** Runs the compiled pair; answers nanoseconds a call. */
export interface CapnpRpc {
  run(prefix: readonly string[]): number[];
}

/** The rival, or why there is none here. */
export function compileCapnpRpc(): CapnpRpc | string {
  const folder = mkdtempSync(join(tmpdir(), 'capos-capnp-rpc-'));
  writeFileSync(join(folder, 'terminal.capnp'), SCHEMA);
  writeFileSync(join(folder, 'main.c++'), PROGRAM);
  if (spawnSync('capnp', ['compile', '-oc++', 'terminal.capnp'], { cwd: folder }).status !== 0) {
    return 'no capnp compiler with its C++ generator';
  }
  const flags = ['-O2', '-std=c++17', '-w', '-o', 'rpc', 'main.c++', 'terminal.capnp.c++'];
  const libraries = ['-lcapnp-rpc', '-lcapnp', '-lkj-async', '-lkj', '-lpthread'];
  if (spawnSync('c++', [...flags, ...libraries], { cwd: folder }).status !== 0) {
    return 'libcapnp-dev or a C++ compiler is missing';
  }
  return {
    run(prefix) {
      const [command, ...args] = [...prefix, join(folder, 'rpc'), '2000'];
      return execFileSync(command!, args, { encoding: 'utf8' }).trim().split(' ').map(Number);
    },
  };
}
