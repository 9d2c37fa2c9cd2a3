// The judges there are, in the order they run.
import type { Judge } from './judge.ts';
import { bashTests } from './suites/bash-tests.ts';
import { busyboxTestSuite } from './suites/busybox-test-suite.ts';
import { debianPrograms } from './suites/debian-programs.ts';
import { goStandardLibrary } from './suites/go-standard-library.ts';
import { guestWorkloads } from './suites/guest-workloads.ts';
import { linuxTestProject } from './suites/linux-test-project.ts';
import { posixTestSuite } from './suites/posix-test-suite.ts';
import { pythonTests } from './suites/python-tests.ts';
import { qemuTests } from './suites/qemu-tests.ts';
import { testFloat } from './suites/test-float.ts';
import { valgrindTests } from './suites/valgrind-tests.ts';
import { vendorBinaries } from './suites/vendor-binaries.ts';

export const JUDGES: readonly Judge[] = [
  posixTestSuite,
  linuxTestProject,
  busyboxTestSuite,
  bashTests,
  goStandardLibrary,
  pythonTests,
  guestWorkloads,
  debianPrograms,
  vendorBinaries,
  qemuTests,
  valgrindTests,
  testFloat,
];
