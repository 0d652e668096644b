/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/road-process.h"
#include "formats/road-format.h"

#define NOBODY 65534

#define REPORT                                                                                     \
  "{\"format\":\"roadstead-report\",\"version\":1,\"status\":\"finished\",\"hosts\":[]}"

/* Runs a check in a process of its own, since it spoils what it is run in. */
static void
assert_in_child (gboolean (*check) (const char *argument), const char *argument)
{
  int status;
  pid_t pid;

  if (g_getenv ("ROADSTEAD_TEST_VALGRIND") != NULL)
    {
      g_test_skip ("valgrind has limits of its own");
      return;
    }

  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (check (argument) ? 0 : 1);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

static gboolean
lacks_files (const char *argument)
{
  const struct rlimit limit = { 6, 6 };

  return setrlimit (RLIMIT_NOFILE, &limit) == 0 && road_process_find_lack (2, 0) == NULL &&
         strstr (road_process_find_lack (4, 0), "ulimit -n") != NULL;
}

/* Losing this: a low limit of open files ends the program with a signal. */
static void
test_files (void)
{
  g_assert_null (road_process_find_lack (8, 1));
  assert_in_child (lacks_files, NULL);
}

/* Root may start any number of threads. */
static gboolean
become_nobody (rlim_t n_threads)
{
  const struct rlimit limit = { n_threads, n_threads };

  return setgid (NOBODY) == 0 && setuid (NOBODY) == 0 && setrlimit (RLIMIT_NPROC, &limit) == 0;
}

static gboolean
lacks_threads (const char *argument)
{
  const char *lack;

  if (!become_nobody (1))
    return FALSE;
  lack = road_process_find_lack (8, 1);

  return lack != NULL && strstr (lack, "ulimit -u") != NULL;
}

static gboolean
opens_without_threads (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (RoadReport) report = NULL;

  if (!become_nobody (1))
    return FALSE;
  report = road_format_open (file, NULL, NULL);

  return report != NULL;
}

/* Losing this: a low limit of threads ends the program with a signal, or a comparison never ends. */
static void
test_threads (void)
{
  g_autofree char *path = NULL;
  int fd;

  if (geteuid () != 0)
    {
      g_test_skip ("only root can become somebody who has no other process");
      return;
    }

  assert_in_child (lacks_threads, NULL);

  fd = g_file_open_tmp ("roadstead-XXXXXX", &path, NULL);
  g_assert_cmpint (write (fd, REPORT, strlen (REPORT)), ==, strlen (REPORT));
  close (fd);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  assert_in_child (opens_without_threads, path);
  g_unlink (path);
}

static gboolean
keeps_standard_streams (const char *path)
{
  int fd;

  close (STDIN_FILENO);
  close (STDOUT_FILENO);
  close (STDERR_FILENO);
  road_process_secure ();
  fd = open (path, O_WRONLY | O_CREAT, 0600);

  return fd > STDERR_FILENO && write (STDOUT_FILENO, "x", 1) < 0 &&
         write (STDERR_FILENO, "x", 1) < 0;
}

/* Losing this: what is printed lands in the report. */
static void
test_closed (void)
{
  assert_in_child (keeps_standard_streams, "/dev/null");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/process/files", test_files);
  g_test_add_func ("/process/threads", test_threads);
  g_test_add_func ("/process/closed", test_closed);

  return g_test_run ();
}
