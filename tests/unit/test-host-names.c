/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store/road-host-names.h"

#include <glib/gstdio.h>

#include "engine/base/road-error.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("roadstead-names-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "host-names.json", NULL);
  road_host_names_use_file (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  road_host_names_use_file (NULL);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static RoadHost *
new_host (guint8 last, const char *mac)
{
  const RoadAddress address = { .bytes = { 10, 0, 0, last }, .length = 4 };
  RoadHost *host = road_host_new (&address, NULL, NULL);

  if (mac != NULL)
    road_host_replace_note (host, ROAD_NOTE_MAC, mac);

  return host;
}

/* Losing this: a device loses its name at another address, or another device gets it. */
static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadHost) host = new_host (1, "00:1B:21:00:00:20 (Intel)");
  g_autoptr (RoadHost) moved = new_host (2, "00:1b:21:00:00:20");
  g_autoptr (RoadHost) other = new_host (1, "00:1B:21:00:00:21");
  g_autoptr (RoadHost) far = new_host (1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (road_host_names_find (host));
  g_assert_true (road_host_names_set (host, "  Anna’s \"PC\" ", &error));
  g_assert_no_error (error);
  g_assert_true (road_host_names_set (far, "Far", NULL));

  /* as it is in the file */
  road_host_names_use_file (fixture->path);
  g_assert_cmpstr (road_host_names_find (host), ==, "Anna’s \"PC\"");
  g_assert_cmpstr (road_host_names_find (moved), ==, "Anna’s \"PC\"");
  g_assert_cmpstr (road_host_names_find (far), ==, "Far");
  g_assert_null (road_host_names_find (other));
  g_assert_true (road_host_names_is_same (host, moved));
  g_assert_false (road_host_names_is_same (host, other));

  g_assert_true (road_host_names_set (moved, NULL, NULL));
  g_assert_true (road_host_names_set (far, "  ", NULL));
  g_assert_null (road_host_names_find (host));
  g_assert_null (road_host_names_find (far));
}

/* Losing this: a name without an end fills the window. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoadHost) host = new_host (1, NULL);
  g_autofree char *name = g_strnfill (100000, 'x');

  g_assert_true (road_host_names_set (host, name, NULL));
  g_assert_cmpuint (g_utf8_strlen (road_host_names_find (host), -1), ==, ROAD_HOST_NAME_MAX);
}

/* Losing this: names that a newer version has written, or that somebody has damaged, are lost. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "{\"format\": \"roadstead-report\", \"version\": 1}",
    "{\"format\": \"roadstead-host-names\", \"version\": 2, \"hosts\": []}",
    "{\"format\": \"roadstead-host-names\", \"version\": 1, \"hosts\": [1]}",
    "{\"format\": \"roadstead-host-names\", \"version\": 1, \"hosts\": [{\"name\": \"x\"}]}",
  };
  g_autoptr (RoadHost) host = new_host (1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
      road_host_names_use_file (fixture->path);
      g_assert_false (road_host_names_set (host, "name", &error));
      g_assert_nonnull (error);
      g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, texts[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/host-names/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/host-names/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/host-names/foreign", Fixture, NULL, set_up, test_foreign, tear_down);

  return g_test_run ();
}
