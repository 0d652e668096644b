/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "format-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/base/road-error.h"
#include "formats/road-output.h"

/* A folder of each test's own. */
typedef struct
{
  char *path;
  RoadReport *report;
  char *json;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (GError) error = NULL;
  RoadAddress address;

  self->path = g_dir_make_tmp ("roadstead-test-XXXXXX", &error);
  g_assert_no_error (error);

  self->report = road_report_new ("10.0.0.0/22", profile);
  g_assert_true (road_address_parse (&address, "10.0.0.0"));
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (RoadHost) host = road_host_new (&address, NULL, NULL);

      road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
      road_host_set_done (host);
      add_open (host, 22, 1000);
      add_host (self->report, host);
      road_address_add (&address, 1);
    }
  road_report_finish (self->report, ROAD_REPORT_FINISHED, NULL, 1);
  self->json = write_report (ROAD_FORMAT_JSON, self->report, ROAD_FORMAT_FLAGS_NONE);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_chmod (self->path, 0700);
  remove_tree (self->path);
  g_free (self->path);
  g_free (self->json);
  g_object_unref (self->report);
}

static GFile *
child (Fixture *self, const char *name)
{
  return g_file_new_build_filename (self->path, name, NULL);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
set_contents (GFile *file, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (file), text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_contents (GFile *file, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **store = user_data;

  *store = g_object_ref (result);
}

/* Saves in either way, and waits for the end. */
static gboolean
save (gboolean async, Fixture *self, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!async)
    return road_format_save (ROAD_FORMAT_JSON, self->report, ROAD_FORMAT_FLAGS_NONE, file,
                             cancellable, error);

  road_format_save_async (ROAD_FORMAT_JSON, self->report, ROAD_FORMAT_FLAGS_NONE, file, cancellable,
                          store_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return road_format_save_finish (result, error);
}

/* Saving would fail, leave other files behind, or change a file's permissions. */
static void
test_save (Fixture *self, gconstpointer data)
{
  for (int async = 0; async <= 1; async++)
    {
      g_autoptr (GFile) file = child (self, async ? "b.json" : "a.json");
      g_autoptr (GError) error = NULL;
      struct stat status;
      mode_t mask = umask (027);

      g_assert_true (save (async, self, file, NULL, &error));
      umask (mask);
      g_assert_no_error (error);
      assert_contents (file, self->json);
      g_assert_cmpint (stat (g_file_peek_path (file), &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0640);

      set_contents (file, "old");
      g_assert_cmpint (g_chmod (g_file_peek_path (file), 0604), ==, 0);
      g_assert_true (save (async, self, file, NULL, &error));
      g_assert_no_error (error);
      assert_contents (file, self->json);
      g_assert_cmpint (stat (g_file_peek_path (file), &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0604);
      g_assert_cmpuint (count_files (self->path), ==, async ? 2 : 1);
    }
}

/* A symbolic link would be replaced by a file, and what it points at stay old. */
static void
test_links (Fixture *self, gconstpointer data)
{
  for (int async = 0; async <= 1; async++)
    {
      g_autofree char *folder = g_build_filename (self->path, async ? "async" : "sync", NULL);
      g_autoptr (GFile) link = g_file_new_build_filename (folder, "link.json", NULL);
      g_autoptr (GFile) other_link = g_file_new_build_filename (folder, "other.json", NULL);
      g_autoptr (GFile) loop = g_file_new_build_filename (folder, "loop.json", NULL);
      g_autoptr (GFile) target = g_file_new_build_filename (folder, "sub", "target.json", NULL);
      g_autofree char *sub = g_build_filename (folder, "sub", NULL);
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (g_mkdir_with_parents (sub, 0700), ==, 0);
      g_assert_cmpint (symlink ("other.json", g_file_peek_path (link)), ==, 0);
      g_assert_cmpint (symlink ("sub/target.json", g_file_peek_path (other_link)), ==, 0);
      g_assert_cmpint (symlink ("loop.json", g_file_peek_path (loop)), ==, 0);

      /* Once where the target is not there yet, once where it is. */
      for (guint i = 0; i < 2; i++)
        {
          g_assert_true (road_output_check (link, &error));
          g_assert_no_error (error);
          g_assert_true (save (async, self, link, NULL, &error));
          g_assert_no_error (error);
          assert_contents (target, self->json);
          set_contents (target, "old");
        }
      found = g_file_read_link (g_file_peek_path (link), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found, ==, "other.json");
      g_assert_cmpuint (count_files (folder), ==, 4);
      g_assert_cmpuint (count_files (sub), ==, 1);

      g_assert_false (save (async, self, loop, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
    }
}

/* That a report cannot be written would be noticed only after the scan; or the check would leave a trace. */
static void
test_check_writable (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) fresh = child (self, "new.json");
  g_autoptr (GFile) existing = child (self, "old.json");
  g_autoptr (GFile) folder = child (self, "");
  g_autoptr (GFile) no_folder = g_file_new_build_filename (self->path, "nosuch", "a.json", NULL);
  g_autoptr (GFile) not_folder = g_file_new_build_filename (self->path, "old.json", "a", NULL);
  g_autoptr (GFile) dangling = child (self, "dangling");
  const struct
  {
    GFile *file;
    int code;
    const char *word;
  } bad[] = {
    { folder, G_IO_ERROR_IS_DIRECTORY, "it is a folder" },
    { no_folder, G_IO_ERROR_NOT_FOUND, "there is no folder “" },
    { not_folder, G_IO_ERROR_NOT_DIRECTORY, "is not a folder" },
    { dangling, G_IO_ERROR_NOT_FOUND, "nosuch/b.json”: there is no folder" },
  };

  set_contents (existing, "old");
  g_assert_cmpint (symlink ("nosuch/b.json", g_file_peek_path (dangling)), ==, 0);
  g_assert_true (road_output_check (fresh, NULL));
  g_assert_false (g_file_query_exists (fresh, NULL));
  g_assert_true (road_output_check (existing, NULL));
  assert_contents (existing, "old");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) save_error = NULL;

      g_assert_false (road_output_check (bad[i].file, &error));
      g_assert_error (error, G_IO_ERROR, bad[i].code);
      g_assert_nonnull (strstr (error->message, "Cannot write “"));
      g_assert_nonnull (strstr (error->message, bad[i].word));
      g_assert_false (save (i % 2, self, bad[i].file, NULL, &save_error));
      g_assert_cmpstr (save_error->message, ==, error->message);
    }
  g_assert_cmpuint (count_files (self->path), ==, 2);
}

/* The same for files and folders that the user may not write. */
static void
test_read_only (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) fresh = child (self, "new.json");
  g_autoptr (GFile) existing = child (self, "old.json");
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may write everywhere");
      return;
    }

  set_contents (existing, "old");
  g_assert_cmpint (g_chmod (g_file_peek_path (existing), 0400), ==, 0);
  g_assert_false (road_output_check (existing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_assert_false (save (FALSE, self, existing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (g_file_peek_path (existing), 0600), ==, 0);
  g_assert_cmpint (g_chmod (self->path, 0500), ==, 0);
  g_assert_false (road_output_check (existing, NULL));
  g_assert_false (road_output_check (fresh, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_assert_false (save (TRUE, self, fresh, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  assert_contents (existing, "old");
}

/* The same on a file system where even root may not write. */
static void
test_read_only_file_system (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/sys/kernel/roadstead.json");
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/sys/kernel", G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("there is no /sys/kernel");
      return;
    }
  g_assert_false (save (FALSE, self, file, NULL, &error));
  g_assert_nonnull (strstr (error->message, "Cannot write “/sys/kernel/roadstead.json”: "));
}

/* A full disk would cost the user the old report, too. */
static void
test_full (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) full = g_file_new_for_path ("/dev/full");

  if (!g_file_query_exists (full, NULL))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }

  for (int async = 0; async <= 1; async++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (road_output_check (full, NULL));
      g_assert_false (save (async, self, full, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
  g_assert_cmpint (g_file_query_file_type (full, G_FILE_QUERY_INFO_NONE, NULL), ==,
                   G_FILE_TYPE_SPECIAL);
}

/* A disk that fills up halfway, which a limit on the size of files stands for, would leave half a
 * report in the place of the old one, or beside it. */
static void
test_fails_halfway (Fixture *self, gconstpointer data)
{
  struct rlimit old, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  limit = old;
  limit.rlim_cur = strlen (self->json) / 2;
  signal (SIGXFSZ, SIG_IGN);

  for (int async = 0; async <= 1; async++)
    {
      g_autoptr (GFile) existing = child (self, "old.json");
      g_autoptr (GFile) fresh = child (self, "new.json");
      GFile *files[] = { existing, fresh };

      set_contents (existing, "old");
      for (guint i = 0; i < G_N_ELEMENTS (files); i++)
        {
          g_autoptr (GError) error = NULL;
          gboolean saved;

          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
          saved = save (async, self, files[i], NULL, &error);
          g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
          g_assert_false (saved);
          g_assert_nonnull (error);
          g_assert_cmpint (error->domain, ==, G_IO_ERROR);
        }
      assert_contents (existing, "old");
      g_assert_cmpuint (count_files (self->path), ==, 1);
    }
}

static gpointer
read_all_thread (gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (data);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autoptr (GOutputStream) sink = g_memory_output_stream_new_resizable ();

  g_assert_nonnull (stream);
  g_output_stream_splice (sink, G_INPUT_STREAM (stream), G_OUTPUT_STREAM_SPLICE_NONE, NULL, NULL);
  g_output_stream_write_all (sink, "", 1, NULL, NULL, NULL);
  g_output_stream_close (sink, NULL, NULL);

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (sink));
}

/* A pipe that another program reads from would be replaced by a file, and that program wait for
 * ever. */
static void
test_pipe (Fixture *self, gconstpointer data)
{
  for (int async = 0; async <= 1; async++)
    {
      g_autoptr (GFile) pipe = child (self, async ? "a" : "b");
      g_autoptr (GError) error = NULL;
      g_autofree char *found = NULL;
      GThread *thread;

      g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
      g_assert_true (road_output_check (pipe, NULL));
      thread = g_thread_new ("reader", read_all_thread, (gpointer) g_file_peek_path (pipe));
      g_assert_true (save (async, self, pipe, NULL, &error));
      g_assert_no_error (error);
      found = g_thread_join (thread);
      g_assert_cmpstr (found, ==, self->json);
      g_assert_true (g_file_query_file_type (pipe, G_FILE_QUERY_INFO_NONE, NULL) ==
                     G_FILE_TYPE_SPECIAL);
    }
}

/* With “-o /dev/stdout > file” the file that the shell opened would be replaced, or what stands in
 * it already be written over. */
static void
test_stdout (Fixture *self, gconstpointer data)
{
  static const char *const names[] = { "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) output = child (self, "output");
      g_autoptr (GFile) file =
          names[i][0] == '/' ? g_file_new_for_path (names[i]) : child (self, names[i]);
      g_autofree char *expected = g_strconcat ("before\n", self->json, "after\n", NULL);
      int status;
      pid_t pid;

      if (names[i][0] != '/')
        g_assert_cmpint (symlink ("/dev/stdout", g_file_peek_path (file)), ==, 0);

      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        {
          int fd = open (g_file_peek_path (output), O_WRONLY | O_CREAT | O_TRUNC, 0600);
          gboolean done = dup2 (fd, STDOUT_FILENO) == STDOUT_FILENO &&
                          write (STDOUT_FILENO, "before\n", 7) == 7 &&
                          road_output_check (file, NULL) && save (FALSE, self, file, NULL, NULL) &&
                          write (STDOUT_FILENO, "after\n", 6) == 6;

          /* At its end valgrind would take for leaks what the parent still has. */
          execlp (done ? "true" : "false", "child", NULL);
          _exit (1);
        }
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_cmpint (status, ==, 0);
      assert_contents (output, expected);
    }
}

/* A user who cancels would lose the old report or find half a new one. */
static void
test_cancel (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = child (self, "a.json");
  gboolean saved = FALSE;

  set_contents (file, "old");
  for (guint steps = 0; !saved && steps < 1000; steps++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      road_format_save_async (ROAD_FORMAT_JSON, self->report, ROAD_FORMAT_FLAGS_NONE, file,
                              cancellable, store_result, &result);
      for (guint i = 0; i < steps && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      g_cancellable_cancel (cancellable);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);

      saved = road_format_save_finish (result, &error);
      if (!saved)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_contents (file, saved ? self->json : "old");
      g_assert_cmpuint (count_files (self->path), ==, 1);
      g_assert_true (steps > 0 || !saved);
    }
  g_assert_true (saved);

  {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;

    g_cancellable_cancel (cancellable);
    set_contents (file, "old");
    g_assert_false (save (FALSE, self, file, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    assert_contents (file, "old");
  }
}

/* Saves for ever: to a file that is there and to one that is not. */
static G_GNUC_NORETURN void
save_until_killed (Fixture *self, GFile *old, GFile *fresh)
{
  while (save (FALSE, self, old, NULL, NULL) && save (FALSE, self, fresh, NULL, NULL))
    g_unlink (g_file_peek_path (fresh));
  _exit (1);
}

/* Counts files that are not meant to be there; others must be whole. */
static guint
count_leftovers (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GFile) file = child (self, name);

      if (g_str_has_prefix (name, ".roadstead-"))
        n++;
      else
        assert_contents (file, self->json);
    }

  return n;
}

/* A program that is killed while it saves would leave half a report, or hidden files that nobody removes.
 * ROADSTEAD_TEST_KILLS is how often to kill it. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  const char *wanted = g_getenv ("ROADSTEAD_TEST_KILLS");
  const guint n_kills = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 100;
  g_autoptr (GFile) old = child (self, "old.json");
  g_autoptr (GFile) fresh = child (self, "new.json");
  g_autoptr (GError) error = NULL;
  guint n_leftovers = 0;

  g_assert_true (save (FALSE, self, old, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < n_kills; i++)
    {
      int status;
      pid_t pid = fork ();

      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        save_until_killed (self, old, fresh);
      g_usleep ((gulong) g_random_int_range (0, 50000));
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      n_leftovers += count_leftovers (self);

      /* Whoever saves the file again finds what was left in the moment between two system calls. */
      if (count_leftovers (self) > 0)
        g_assert_true (save (FALSE, self, old, NULL, NULL));
      g_assert_cmpuint (count_leftovers (self), ==, 0);
      g_unlink (g_file_peek_path (fresh));
    }
  g_test_message ("%u leftovers after %u kills", n_leftovers, n_kills);
  g_assert_cmpuint (n_leftovers, <=, n_kills / 50);
}

/* Saving during a scan would freeze the window, or write hosts that the heading does not count. */
static void
test_growing (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = child (self, "a.json");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_steps = 0;

  road_format_save_async (ROAD_FORMAT_JSON, self->report, ROAD_FORMAT_FLAGS_NONE, file, NULL,
                          store_result, &result);
  while (result == NULL)
    {
      g_autoptr (RoadHost) host = new_host ("192.0.2.1", NULL, 1);

      g_main_context_iteration (NULL, TRUE);
      add_host (self->report, host);
      n_steps++;
    }
  g_assert_true (road_format_save_finish (result, &error));
  g_assert_no_error (error);
  assert_contents (file, self->json);
  g_assert_cmpuint (n_steps, >, 4);
}

static RoadReport *
open_report (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  road_format_open_async (file, cancellable, NULL, NULL, store_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return road_format_open_finish (result, error);
}

/* A saved report could not be opened again, or a file that is no report could. */
static void
test_open (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = child (self, "a.json");
  g_autoptr (GFile) missing = child (self, "b.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  g_assert_true (save (FALSE, self, file, NULL, &error));
  report = open_report (file, NULL, &error);
  g_assert_no_error (error);
  json = write_report (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE);
  g_assert_cmpstr (json, ==, self->json);

  g_cancellable_cancel (cancellable);
  g_assert_null (open_report (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_null (open_report (missing, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);

  set_contents (file, "{\n\"format\": \"roadstead-report\",\n\"version\": 99,\n\"hosts\": []}");
  g_assert_null (open_report (file, NULL, &error));
  g_assert_error (error, ROAD_ERROR, ROAD_ERROR_VERSION);
  g_assert_cmpuint (road_error_get_line (error), ==, 3);
}

static gpointer
write_late_thread (gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path (data);
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (RoadReport) report = road_report_new ("10.0.0.1", profile);
  g_autoptr (GError) error = NULL;

  g_usleep (100000);
  road_report_finish (report, ROAD_REPORT_FINISHED, NULL, 1);
  g_assert_true (
      road_format_save (ROAD_FORMAT_JSON, report, ROAD_FORMAT_FLAGS_NONE, file, NULL, &error));
  g_assert_no_error (error);

  return NULL;
}

/* A pipe that nobody writes to would keep a thread for ever. */
static void
test_open_pipe (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) pipe = child (self, "pipe");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RoadReport) report = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
  road_format_open_async (pipe, cancellable, NULL, NULL, store_result, &result);
  g_usleep (100000);
  g_cancellable_cancel (cancellable);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (road_format_open_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  thread = g_thread_new ("writer", write_late_thread, (gpointer) g_file_peek_path (pipe));
  report = open_report (pipe, NULL, &error);
  g_thread_join (thread);
  g_assert_no_error (error);
  g_assert_cmpstr (road_report_get_targets (report), ==, "10.0.0.1");
}

/* Saving again after nobody had read a pipe would never end. */
static void
test_pipe_alone (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) pipe = child (self, "pipe");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (g_file_peek_path (pipe), 0600), ==, 0);
  g_assert_false (save (TRUE, self, pipe, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/format/save/save", test_save);
  ADD ("/format/save/links", test_links);
  ADD ("/format/save/check-writable", test_check_writable);
  ADD ("/format/save/read-only", test_read_only);
  ADD ("/format/save/read-only-file-system", test_read_only_file_system);
  ADD ("/format/save/full", test_full);
  ADD ("/format/save/fails-halfway", test_fails_halfway);
  ADD ("/format/save/pipe", test_pipe);
  ADD ("/format/save/stdout", test_stdout);
  ADD ("/format/save/cancel", test_cancel);
  ADD ("/format/save/killed", test_killed);
  ADD ("/format/save/growing", test_growing);
  ADD ("/format/save/open", test_open);
  ADD ("/format/save/open-pipe", test_open_pipe);
  ADD ("/format/save/pipe-alone", test_pipe_alone);

  return g_test_run ();
}
