/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "store/road-recent-scans.h"

/* Each test has its own folder, which does not exist yet. */
typedef struct
{
  char *parent;
  char *path;
  GFile *folder;
  RoadRecentScans *scans;
} Fixture;

static gboolean
wake_up (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const gint64 wait_end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                         \
    guint wait_source = g_timeout_add (50, wake_up, NULL);                                         \
                                                                                                   \
    while (!(condition))                                                                           \
      {                                                                                            \
        g_assert_cmpint (g_get_monotonic_time (), <, wait_end);                                    \
        g_main_context_iteration (NULL, TRUE);                                                     \
      }                                                                                            \
    g_source_remove (wait_source);                                                                 \
  }                                                                                                \
  G_STMT_END

static guint
n_scans (RoadRecentScans *scans)
{
  return g_list_model_get_n_items (G_LIST_MODEL (scans));
}

static RoadRecentScans *
open_scans (Fixture *self, guint max)
{
  RoadRecentScans *scans = road_recent_scans_new (self->folder, max);

  wait_until (!road_recent_scans_get_loading (scans));

  return scans;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->parent = g_dir_make_tmp ("roadstead-test-XXXXXX", NULL);
  g_assert_nonnull (self->parent);
  self->path = g_build_filename (self->parent, "state", "scans", NULL);
  self->folder = g_file_new_for_path (self->path);
  self->scans = open_scans (self, 3);
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
  g_remove (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->scans);
  g_clear_object (&self->folder);
  remove_tree (self->parent);
  g_free (self->path);
  g_free (self->parent);
}

/* A scan that ended this many minutes after noon. */
static RoadReport *
make_report (const char *targets, int minutes)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (GDateTime) noon = g_date_time_new_local (2026, 11, 21, 12, 0, 0);
  g_autoptr (GDateTime) finished = g_date_time_add_minutes (noon, minutes);
  RoadReport *report = road_report_new (targets, profile);

  road_report_finish (report, ROAD_REPORT_FINISHED, finished, 1);

  return report;
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GFile *
keep (RoadRecentScans *scans, const char *targets, int minutes)
{
  g_autoptr (RoadReport) report = make_report (targets, minutes);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GFile *file;

  road_recent_scans_keep_async (scans, report, on_done, &result);
  wait_until (result != NULL);
  file = road_recent_scans_keep_finish (scans, result, &error);
  g_assert_no_error (error);

  return file;
}

static void
finish_change (RoadRecentScans *scans, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  wait_until (*result != NULL);
  g_assert_true (road_recent_scans_change_finish (scans, *result, &error));
  g_assert_no_error (error);
  g_clear_object (result);
}

static RoadRecentScan *
get_scan (RoadRecentScans *scans, guint position)
{
  g_autoptr (RoadRecentScan) scan = g_list_model_get_item (G_LIST_MODEL (scans), position);

  return scan; /* the list holds it */
}

static char *
describe (RoadRecentScans *scans)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_scans (scans); i++)
    {
      const RoadDigest *digest = road_recent_scan_get_digest (get_scan (scans, i));

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              digest != NULL ? digest->targets : "broken");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_described_as (RoadRecentScans *scans, const char *expected)
{
  g_autofree char *text = describe (scans);

  return g_str_equal (text, expected);
}

static void
assert_scans (RoadRecentScans *scans, const char *expected)
{
  g_autofree char *text = describe (scans);

  g_assert_cmpstr (text, ==, expected);
}

static void
write_file (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);

  g_mkdir_with_parents (self->path, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Losing this: the disk fills up, or the latest scan is removed; or recent scans are gone after a restart. */
static void
test_bounded (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) first = keep (self->scans, "first", 1);
  g_autoptr (RoadRecentScans) again = NULL;

  g_object_unref (keep (self->scans, "third", 3));
  g_object_unref (keep (self->scans, "second", 2));
  assert_scans (self->scans, "second third first");
  g_assert_true (road_recent_scans_has (self->scans, first));

  g_object_unref (keep (self->scans, "fourth", 4));
  assert_scans (self->scans, "fourth second third");
  g_assert_false (road_recent_scans_has (self->scans, first));
  g_assert_false (g_file_query_exists (first, NULL));

  again = open_scans (self, 3);
  assert_scans (again, "fourth second third");
}

/* Losing this: once the clock was wrong, new scans are deleted as soon as they are saved. */
static void
test_wrong_clock (Fixture *self, gconstpointer data)
{
  const int years_later = 4 * 366 * 24 * 60;
  g_autoptr (RoadRecentScans) again = NULL;

  /* Files of earlier versions, which did not say in which order they came. */
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *targets = g_strdup_printf ("old%d", i);
      g_autofree char *name = g_strdup_printf ("2030-01-01T00-00-0%dZ-12345678.json", i);
      g_autofree char *path = g_build_filename (self->path, name, NULL);
      g_autoptr (GFile) file = keep (self->scans, targets, years_later + i);

      g_assert_cmpint (g_rename (g_file_peek_path (file), path), ==, 0);
    }
  wait_until (is_described_as (self->scans, "old1 old0"));
  g_object_unref (keep (self->scans, "later", years_later));
  g_object_unref (keep (self->scans, "now", 1));
  assert_scans (self->scans, "now later old1");

  again = open_scans (self, 3);
  g_object_unref (keep (again, "next", 0));
  assert_scans (again, "next now later");
}

/* Losing this: old scans stay on disk after the user lowers the number to keep. */
static void
test_maximum (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) b = NULL;

  g_object_unref (keep (self->scans, "a", 1));
  b = keep (self->scans, "b", 2);
  road_recent_scans_set_max (self->scans, 1);
  wait_until (!road_recent_scans_get_loading (self->scans));
  assert_scans (self->scans, "b");
  road_recent_scans_set_max (self->scans, 0);
  wait_until (!road_recent_scans_get_loading (self->scans));
  assert_scans (self->scans, "");
  g_assert_false (g_file_query_exists (b, NULL));
}

/* Losing this: other users of the computer see what was scanned. */
static void
test_private (Fixture *self, gconstpointer data)
{
  struct stat status;

  g_object_unref (keep (self->scans, "a", 1));
  g_assert_cmpint (stat (self->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0700);
}

/* Losing this: a folder is created although no scans are to be kept. */
static void
test_none (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->parent, "none", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (RoadRecentScans) scans = road_recent_scans_new (folder, 0);

  wait_until (!road_recent_scans_get_loading (scans));
  g_assert_cmpuint (n_scans (scans), ==, 0);
  g_assert_false (g_file_query_exists (folder, NULL));
}

/* Losing this: a damaged file, or one of a newer version, hides the others or is deleted without asking. */
static void
test_broken (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadRecentScans) again = NULL;
  g_autofree char *broken = g_build_filename (self->path, "broken.json", NULL);
  g_autofree char *newer = g_build_filename (self->path, "newer.json", NULL);

  g_object_unref (keep (self->scans, "a", 1));
  write_file (self, "broken.json", "{\"format\": \"roadstead-report\", \"hosts\": [");
  write_file (self, "newer.json",
              "{\"format\": \"roadstead-report\", \"version\": 2, \"hosts\": []}");
  write_file (self, "notes.txt", "none of ours");

  again = open_scans (self, 1);
  g_assert_cmpuint (n_scans (again), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      RoadRecentScan *scan = get_scan (again, i);

      g_assert_true ((road_recent_scan_get_digest (scan) == NULL) !=
                     (road_recent_scan_get_problem (scan) == NULL));
    }

  g_object_unref (keep (again, "b", 2));
  g_object_unref (keep (again, "c", 3));
  g_assert_cmpuint (n_scans (again), ==, 3);
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (newer, G_FILE_TEST_EXISTS));
}

/* Losing this: one wrong key deletes the only record of last month's scan; or a scan removed on purpose is
 * still there. */
static void
test_remove_and_restore (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) a = keep (self->scans, "a", 1);
  g_autoptr (RoadRecentScan) scan = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_object_unref (keep (self->scans, "b", 2));
  scan = g_object_ref (get_scan (self->scans, 1));
  g_assert_true (g_file_load_contents (a, NULL, &before, NULL, NULL, NULL));

  road_recent_scans_remove_async (self->scans, scan, on_done, &result);
  finish_change (self->scans, &result);
  assert_scans (self->scans, "b");
  g_assert_false (g_file_query_exists (a, NULL));

  road_recent_scans_restore_async (self->scans, scan, on_done, &result);
  finish_change (self->scans, &result);
  assert_scans (self->scans, "b a");
  g_assert_true (g_file_load_contents (a, NULL, &after, NULL, NULL, NULL));
  g_assert_cmpstr (after, ==, before);

  /* Doing it twice does no harm. */
  road_recent_scans_restore_async (self->scans, scan, on_done, &result);
  finish_change (self->scans, &result);
  assert_scans (self->scans, "b a");
}

/* Losing this: "Clear" leaves something behind. */
static void
test_clear (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GDir) dir = NULL;

  g_object_unref (keep (self->scans, "a", 1));
  write_file (self, "broken.json", "{");
  wait_until (n_scans (self->scans) == 2);

  road_recent_scans_clear_async (self->scans, on_done, &result);
  finish_change (self->scans, &result);
  assert_scans (self->scans, "");
  dir = g_dir_open (self->path, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
}

/* Losing this: two instances do not see each other's scans, keep too many, or one reports errors about what
 * the other has removed. */
static void
test_two_instances (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadRecentScans) other = open_scans (self, 3);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RoadRecentScan) stale = NULL;

  g_object_unref (keep (self->scans, "a", 1));
  wait_until (is_described_as (other, "a"));
  g_object_unref (keep (other, "b", 2));
  wait_until (is_described_as (self->scans, "b a"));
  g_object_unref (keep (other, "c", 3));
  g_object_unref (keep (self->scans, "d", 4));
  wait_until (is_described_as (self->scans, "d c b"));
  wait_until (is_described_as (other, "d c b"));

  stale = g_object_ref (get_scan (other, 0));
  g_assert_true (g_file_delete (road_recent_scan_get_file (stale), NULL, NULL));
  road_recent_scans_remove_async (other, stale, on_done, &result);
  finish_change (other, &result);
  assert_scans (other, "c b");
}

/* Losing this: a scan begun while another is saved is lost, or both are the same file. */
static void
test_at_once (Fixture *self, gconstpointer data)
{
  GAsyncResult *results[3] = { NULL };

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d", i);
      g_autoptr (RoadReport) report = make_report (name, i);

      road_recent_scans_keep_async (self->scans, report, on_done, &results[i]);
    }
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GFile) file = NULL;

      wait_until (results[i] != NULL);
      file = road_recent_scans_keep_finish (self->scans, results[i], NULL);
      g_assert_nonnull (file);
      g_object_unref (results[i]);
    }
  assert_scans (self->scans, "2 1 0");
}

/* Losing this: a missing folder or a full disk silently loses the scan. */
static void
test_folder_lost (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadReport) report = make_report ("b", 2);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *state = g_path_get_dirname (self->path);

  g_object_unref (keep (self->scans, "a", 1));
  remove_tree (self->path);
  wait_until (n_scans (self->scans) == 0);
  g_object_unref (keep (self->scans, "a", 1));
  assert_scans (self->scans, "a");

  remove_tree (state);
  g_assert_true (g_file_set_contents (state, "in the way", -1, NULL));
  road_recent_scans_keep_async (self->scans, report, on_done, &result);
  wait_until (result != NULL);
  g_assert_null (road_recent_scans_keep_finish (self->scans, result, &error));
  g_assert_nonnull (error);
}

/* Losing this: partial files stay forever after the program was killed while saving, or the one that another
 * instance is writing is taken away. */
static void
test_leftovers (Fixture *self, gconstpointer data)
{
  g_autofree char *left = g_build_filename (self->path, ".roadstead-Abc123", NULL);
  g_autofree char *busy = g_build_filename (self->path, ".roadstead-Def456", NULL);
  g_autofree char *other = g_build_filename (self->path, ".other", NULL);
  int fd;

  write_file (self, ".roadstead-Abc123", "{");
  write_file (self, ".roadstead-Def456", "{");
  write_file (self, ".other", "{");
  fd = open (busy, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  g_object_unref (keep (self->scans, "a", 1));

  assert_scans (self->scans, "a");
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (busy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define add(name, func) g_test_add ("/recent/" name, Fixture, NULL, set_up, func, tear_down)
  add ("bounded", test_bounded);
  add ("wrong-clock", test_wrong_clock);
  add ("maximum", test_maximum);
  add ("private", test_private);
  add ("none", test_none);
  add ("broken", test_broken);
  add ("remove-and-restore", test_remove_and_restore);
  add ("clear", test_clear);
  add ("two-instances", test_two_instances);
  add ("at-once", test_at_once);
  add ("folder-lost", test_folder_lost);
  add ("leftovers", test_leftovers);
#undef add

  return g_test_run ();
}
