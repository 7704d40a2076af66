/*
 * A disk whose syncs take longer: preloaded into a program, it lets each fsync and fdatasync wait first. How long, in
 * microseconds, stands in the first eight bytes of the file SLOW_SYNC_FILE, and may change while the program runs.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *micros;

__attribute__((constructor)) static void map_file(void) {
  const char *path = getenv("SLOW_SYNC_FILE");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *micros, PROT_READ, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) {
    perror("SLOW_SYNC_FILE");
    exit(2);
  }
  close(file);
  micros = mapped;
}

static void wait_first(void) {
  int64_t wait = *micros;
  if (wait > 0) {
    struct timespec pause = {wait / 1000000, wait % 1000000 * 1000};
    nanosleep(&pause, NULL);
  }
}

int fsync(int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  wait_first();
  return real(file);
}

int fdatasync(int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  wait_first();
  return real(file);
}
