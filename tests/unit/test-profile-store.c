/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "store/road-profile-store.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <time.h>

#include "engine/report/road-builtin-profiles.h"
#include "engine/base/road-error.h"
#include "store/road-profile-file.h"
#include "same-profile.h"
#include "slowness.h"

#define HEAD "{\n\"format\": \"roadstead-profile\",\n\"version\": 1"

/* A folder of each test's own, which the store itself has to make. */
typedef struct
{
  char *base;
  GFile *folder;
  RoadProfileStore *store;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->base = g_dir_make_tmp ("roadstead-test-XXXXXX", &error);
  g_assert_no_error (error);
  self->folder = g_file_new_build_filename (self->base, "data", "profiles", NULL);
  self->store = road_profile_store_new (self->folder);
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
  g_object_unref (self->store);
  g_object_unref (self->folder);
  remove_tree (self->base);
  g_free (self->base);
}

static char *
get_path (Fixture *self, const char *name)
{
  return g_build_filename (self->base, "data", "profiles", name, NULL);
}

static void
write_file (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = get_path (self, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static char *
read_file (Fixture *self, const char *name)
{
  g_autofree char *path = get_path (self, name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);

  return text;
}

static void
load (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  road_profile_store_load (self->store, &error);
  g_assert_no_error (error);
}

/* The names of the user's profiles, as they are listed. */
static char *
list_names (RoadProfileStore *store)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (store), i);

      if (!road_profile_item_is_builtin (item))
        g_string_append_printf (names, "%s%s", names->len > 0 ? "|" : "",
                                road_profile_item_get_name (item));
    }

  return g_string_free (names, FALSE);
}

static void
assert_names (RoadProfileStore *store, const char *expected)
{
  g_autofree char *names = list_names (store);

  g_assert_cmpstr (names, ==, expected);
}

typedef struct
{
  RoadProfileItem *item;
  GError *error;
  gboolean done;
} Outcome;

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->item =
      road_profile_store_change_finish (ROAD_PROFILE_STORE (source), result, &outcome->error);
  if (outcome->item != NULL)
    g_object_ref (outcome->item);
  outcome->done = TRUE;
}

static RoadProfileItem *
wait_for (Outcome *outcome, GError **error)
{
  while (!outcome->done)
    g_main_context_iteration (NULL, TRUE);
  if (outcome->error != NULL)
    g_propagate_error (error, outcome->error);

  return outcome->item;
}

static RoadProfileItem *
add (RoadProfileStore *store, RoadProfile *profile, RoadProfileItem *origin)
{
  g_autoptr (GError) error = NULL;
  Outcome outcome = { NULL };
  RoadProfileItem *item;

  road_profile_store_add_async (store, profile, origin, on_done, &outcome);
  item = wait_for (&outcome, &error);
  g_assert_no_error (error);

  return item;
}

static RoadProfileItem *
add_named (RoadProfileStore *store, const char *name)
{
  g_autoptr (RoadProfile) profile = road_profile_new ("name", name, NULL);

  return add (store, profile, NULL);
}

static RoadProfileItem *
replace (RoadProfileStore *store, RoadProfileItem *item, RoadProfile *profile, GError **error)
{
  Outcome outcome = { NULL };

  road_profile_store_replace_async (store, item, profile, on_done, &outcome);

  return wait_for (&outcome, error);
}

static RoadProfileItem *delete (RoadProfileStore *store, RoadProfileItem *item, GError **error)
{
  Outcome outcome = { NULL };

  road_profile_store_delete_async (store, item, on_done, &outcome);

  return wait_for (&outcome, error);
}

static RoadProfileItem *
import (RoadProfileStore *store, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Outcome outcome = { NULL };

  road_profile_store_import_async (store, file, on_done, &outcome);

  return wait_for (&outcome, error);
}

/* Losing this: a built-in profile scans nothing, or a script's --profile web finds none or another. */
static void
test_builtin (Fixture *self, gconstpointer data)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  g_assert_cmpuint (n, ==, road_builtin_profiles_get_n ());
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoadProfileItem) item = g_list_model_get_item (G_LIST_MODEL (self->store), i);
      RoadProfile *profile = road_profile_item_get_profile (item);
      const char *id = road_profile_item_get_id (item);

      g_assert_true (road_profile_item_is_builtin (item));
      g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyz"), ==, strlen (id));
      g_assert_true (road_profile_store_find (self->store, id) == item);
      g_assert_true (road_profile_store_find (self->store, profile->name) == item);
      g_assert_true (g_str_has_suffix (profile->description, "."));
      if (g_strcmp0 (road_builtin_profiles_get_id (i), "hosts") == 0)
        g_assert_true (road_profile_get_only_discovers (profile));
      else
        g_assert_cmpuint (road_port_set_get_n_ports (profile->ports), >, 10);
    }

  g_assert_cmpstr (road_profile_item_get_id (road_profile_store_get_default (self->store)), ==,
                   "common");
  g_assert_nonnull (road_profile_store_find (self->store, "WEB servers"));
}

static char *
random_text (void)
{
  static const char *const pieces[] = {
    "a", "Z", " ", "\"", "\\", "\n", "\t", "ü", "–", "😀", "/", "..", "{", "]", "\x01",
  };
  GString *text = g_string_new ("x");

  for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

  return g_string_free (text, FALSE);
}

static RoadProfile *
random_profile (void)
{
  static const char *const ports[] = { "22", "-", "top:7", "http*,1-5", "[1-1024]" };
  static const char *const targets[] = { "localhost", "10.0.0.0/8 fe80::1%eth0", "192.168.1.1-50" };
  g_autofree char *name = random_text ();
  g_autofree char *description = random_text ();
  const gboolean discovery = g_test_rand_bit ();
  g_autoptr (RoadPortSet) all =
      road_port_set_parse (discovery && g_test_rand_bit () ? "none"
                                                           : ports[g_test_rand_int_range (0, 5)],
                           NULL);
  g_autoptr (RoadPortSet) excluded =
      g_test_rand_bit () ? road_port_set_parse (ports[g_test_rand_int_range (0, 5)], NULL) : NULL;
  g_autoptr (RoadTargetSpec) target =
      g_test_rand_bit () ? road_target_spec_parse (targets[g_test_rand_int_range (0, 3)], NULL)
                         : NULL;
  g_autoptr (RoadTargetSpec) exclude =
      g_test_rand_bit () ? road_target_spec_parse (targets[g_test_rand_int_range (0, 3)], NULL)
                         : NULL;

  return road_profile_new (
      "name", name, "description", g_test_rand_bit () ? description : "", "targets", target,
      "ports", all, "exclude-ports", excluded, "exclude-targets", exclude, "family",
      g_test_rand_int_range (0, 3), "discovery", discovery, "resolve-all", g_test_rand_bit (),
      "host-timeout", g_test_rand_int_range (0, G_MAXINT), "reverse-dns", g_test_rand_bit (),
      "open-only", g_test_rand_bit (), "list-down", g_test_rand_bit (), "identify",
      g_test_rand_int_range (0, ROAD_IDENTIFY_ASK + 1), "timing", g_test_rand_int_range (0, 3),
      "max-parallelism", (guint) g_test_rand_int () >> 1, "max-rate",
      (guint) g_test_rand_int () >> 1, "timeout", g_test_rand_int_range (0, G_MAXINT),
      "max-retries", g_test_rand_int_range (-1, 100), NULL);
}

/* Losing this: what a user set in a profile is something else the next time; or a newer version's
 * setting is gone because an older version saved the profile once. */
static void
test_round_trip (void)
{
  static const char *const unknown[] = {
    "",
    ",\n  \"speed\": 0.125",
    ",\n  \"new\": {\"list\": [1, null, true, \"ü\\n\"], \"big\": 9007199254740993}",
  };

  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (RoadProfile) profile = random_profile ();
      g_autoptr (RoadProfile) again = NULL;
      g_autoptr (GError) error = NULL;
      const char *more = unknown[i % G_N_ELEMENTS (unknown)];
      g_autofree char *text = road_profile_file_print (profile, more);
      g_autofree char *found = NULL;
      g_autofree char *text_again = NULL;

      again = road_profile_file_parse (text, strlen (text), &found, &error);
      g_assert_no_error (error);
      assert_same_profile (profile, again);
      g_assert_cmpstr (found, ==, more);
      text_again = road_profile_file_print (again, found);
      g_assert_cmpstr (text_again, ==, text);
    }
}

/* Losing this: changing one setting changes another, or a copy is not one. */
static void
test_copy (void)
{
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RoadProfile) profile = random_profile ();
      g_autoptr (RoadProfile) copy = road_profile_copy (profile, "name", profile->name, NULL);
      g_autoptr (RoadProfile) changed =
          road_profile_copy (profile, "name", "other", "timeout", 17, "targets", NULL, NULL);
      g_autoptr (RoadProfile) back = NULL;

      assert_same_profile (profile, copy);
      g_assert_cmpstr (changed->name, ==, "other");
      g_assert_cmpuint (changed->timeout, ==, 17);
      g_assert_null (changed->targets);
      back = road_profile_copy (changed, "name", profile->name, "timeout", (int) profile->timeout,
                                "targets", profile->targets, NULL);
      assert_same_profile (profile, back);
    }
}

static const struct
{
  const char *text;
  guint line;
  const char *word;
} bad[] = {
  { "", 1, "empty" },
  { "{", 1, "incomplete" },
  { "[]", 0, "not a Roadstead profile" },
  { "{}", 0, "not a Roadstead profile" },
  { "{\"format\": \"roadstead-report\", \"version\": 1}", 0, "not a Roadstead profile" },
  { "{\"format\": \"roadstead-profile\"}", 0, "version" },
  { "{\"format\": \"roadstead-profile\",\n\"version\": \"1\"}", 2, "version" },
  { "{\"format\": \"roadstead-profile\",\n\"version\": 2}", 2, "newer" },
  { HEAD ",\n\"ports\": 80}", 4, "ports" },
  { HEAD ",\n\"ports\": \"22,99999\"}", 4, "99999" },
  { HEAD ",\n\n\"exclude_targets\": \"10.0.0.0/33\"}", 5, "/33" },
  { HEAD ",\n\"timing\": \"insane\"}", 4, "polite" },
  { HEAD ",\n\"family\": 4}", 4, "family" },
  { HEAD ",\n\"max_rate\": -1}", 4, "max_rate" },
  { HEAD ",\n\"timeout_ms\": 1e99}", 4, "timeout_ms" },
  { HEAD ",\n\"discovery\": \"yes\"}", 4, "discovery" },
  { HEAD ",\n\"resolve_all\": 1}", 4, "resolve_all" },
  { HEAD ",\n\"host_timeout_ms\": -1}", 4, "host_timeout_ms" },
  { HEAD ",\n\"ports\": \"none\",\n\"discovery\": false}", 5, "Without ports" },
  { HEAD ",\n\"name\": \"\xff\"}", 4, "UTF-8" },
  { HEAD ",\n\"name\": \"x\",,}", 4, "JSON" },
};

/* Losing this: a slip in a file that was edited by hand is not found, or ends the program. */
static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (road_profile_file_parse (bad[i].text, strlen (bad[i].text), NULL, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_true (error->domain == ROAD_ERROR);
      g_assert_cmpuint (road_error_get_line (error), ==, bad[i].line);
      g_assert_nonnull (strstr (error->message, bad[i].word));
    }
}

/* Losing this: a file that was cut off by a full disk is taken for a profile with other settings. */
static void
test_cut_off (void)
{
  g_autoptr (RoadProfile) profile = random_profile ();
  g_autofree char *text = road_profile_file_print (profile, ", \"x\": [[1]]");

  for (gsize length = 0; length < strlen (text) - 2; length++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (road_profile_file_parse (text, length, NULL, &error));
      g_assert_nonnull (error);
    }
}

/* Losing this: a profile's name is a path that leads elsewhere, or none that a file can have. */
static void
test_file_names (void)
{
  static const struct
  {
    const char *name;
    const char *file_name;
  } names[] = {
    { "Web servers", "web-servers" },
    { "../../etc/passwd", "etc-passwd" },
    { "/", "profile" },
    { "...", "profile" },
    { ".hidden", "hidden" },
    { "Büro – 2. Stock", "büro-2-stock" },
    { "家のネットワーク", "家のネットワーク" },
    { "a\nb\tc\\d:e*f?g\"h<i>j|k", "a-b-c-d-e-f-g-h-i-j-k" },
    { "  x  ", "x" },
    { "\xff", "profile" },
    { "😀", "profile" },
  };
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *long_result = road_profile_file_make_name (long_name);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file_name = road_profile_file_make_name (names[i].name);

      g_assert_cmpstr (file_name, ==, names[i].file_name);
    }
  g_assert_cmpuint (strlen (long_result), <, 200);
}

/* Losing this: a profile that was made is not there the next time, or not as it was. */
static void
test_add (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfileItem) zebra = add_named (self->store, "zebra");
  g_autoptr (RoadProfileItem) apple = add_named (self->store, "Apple");
  g_autoptr (RoadProfileItem) accent = add_named (self->store, "Büro");
  g_autoptr (RoadProfileStore) other = road_profile_store_new (self->folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_file (self, "zebra.json");

  assert_names (self->store, "Apple|Büro|zebra");
  g_assert_cmpstr (road_profile_item_get_id (accent), ==, "büro.json");
  g_assert_cmpstr (road_profile_item_get_id (zebra), ==, "zebra.json");
  g_assert_cmpstr (road_profile_item_get_text (zebra), ==, text);

  road_profile_store_load (other, &error);
  g_assert_no_error (error);
  assert_names (other, "Apple|Büro|zebra");
  g_assert_true (road_profile_store_find (other, "APPLE") != NULL);
  assert_same_profile (road_profile_item_get_profile (
                           road_profile_store_lookup (other, "apple.json")),
                       road_profile_item_get_profile (apple));
}

/* Losing this: two profiles whose names are nearly alike, or two programs that save at the same time,
 * overwrite each other's file. */
static void
test_same_file_name (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfileStore) other = road_profile_store_new (self->folder);
  g_autoptr (RoadProfileItem) first = add_named (self->store, "a b");
  g_autoptr (RoadProfileItem) second = add_named (self->store, "A-B");
  g_autoptr (RoadProfileItem) third = add_named (other, "a/b");
  Outcome outcomes[20] = { { NULL } };
  g_autoptr (RoadProfile) profile = road_profile_new ("name", "race", NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpstr (road_profile_item_get_id (first), ==, "a-b.json");
  g_assert_cmpstr (road_profile_item_get_id (second), ==, "a-b-2.json");
  g_assert_cmpstr (road_profile_item_get_id (third), ==, "a-b-3.json");

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    road_profile_store_add_async (i % 2 ? self->store : other, profile, NULL, on_done,
                                  &outcomes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autoptr (GError) error = NULL;
      RoadProfileItem *item = wait_for (&outcomes[i], &error);

      g_assert_no_error (error);
      g_assert_true (g_hash_table_add (ids, (gpointer) road_profile_item_get_id (item)));
    }
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    g_object_unref (outcomes[i].item);
}

/* Losing this: saving a change loses it or the fields of a newer version, or a renamed profile is no
 * longer the default because it counts as another. */
static void
test_replace (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfile) profile = NULL;
  g_autoptr (RoadProfileItem) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RoadProfileItem *item;

  write_file (self, "mine.json", HEAD ", \"name\": \"Mine\", \"future\": [1, {}]}");
  load (self);
  item = road_profile_store_lookup (self->store, "mine.json");
  profile = road_profile_copy (road_profile_item_get_profile (item), "name", "Renamed", NULL);
  changed = replace (self->store, item, profile, &error);
  g_assert_no_error (error);

  g_assert_cmpstr (road_profile_item_get_id (changed), ==, "mine.json");
  assert_names (self->store, "Renamed");
  text = read_file (self, "mine.json");
  g_assert_nonnull (strstr (text, "\"name\": \"Renamed\""));
  g_assert_nonnull (strstr (text, "\"future\": [1, {}]"));
}

/* Losing this: what somebody else saved in the meantime is overwritten or deleted unseen. */
static void
test_changed_elsewhere (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfileItem) item = add_named (self->store, "Mine");
  g_autoptr (RoadProfile) profile =
      road_profile_copy (road_profile_item_get_profile (item), "max-rate", 5, NULL);
  g_autoptr (GError) replace_error = NULL;
  g_autoptr (GError) delete_error = NULL;
  g_autofree char *text = NULL;

  write_file (self, "mine.json", HEAD ", \"name\": \"Theirs\"}");
  g_assert_null (replace (self->store, item, profile, &replace_error));
  g_assert_error (replace_error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_nonnull (strstr (replace_error->message, "mine.json"));
  g_assert_null (delete (self->store, item, &delete_error));
  g_assert_error (delete_error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);

  text = read_file (self, "mine.json");
  g_assert_nonnull (strstr (text, "Theirs"));
}

/* Losing this: Undo does not bring back what was deleted, or overwrites what has its place now. */
static void
test_restore (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfileItem) item = add_named (self->store, "Mine");
  g_autoptr (RoadProfileItem) deleted = NULL;
  g_autoptr (RoadProfileItem) restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = read_file (self, "mine.json");
  g_autofree char *after = NULL;
  Outcome outcome = { NULL };

  g_object_set (self->store, "default-id", "mine.json", NULL);
  deleted = delete (self->store, item, &error);
  g_assert_no_error (error);
  g_assert_null (read_file (self, "mine.json"));
  assert_names (self->store, "");
  g_assert_cmpstr (road_profile_item_get_id (road_profile_store_get_default (self->store)), ==,
                   "common");

  road_profile_store_restore_async (self->store, item, on_done, &outcome);
  restored = wait_for (&outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (road_profile_item_get_id (restored), ==, "mine.json");
  g_assert_true (road_profile_store_get_default (self->store) == restored);
  after = read_file (self, "mine.json");
  g_assert_cmpstr (after, ==, before);
}

/* Losing this: one broken file hides all profiles, or is not named, or is touched. */
static void
test_broken_files (Fixture *self, gconstpointer data)
{
  const char *const *faults;
  g_autofree char *huge = g_strnfill (1100000, ' ');
  g_autofree char *after = NULL;

  write_file (self, "broken.json", HEAD ",\n\"ports\": \"banana!\"}");
  write_file (self, "empty.json", "");
  write_file (self, "huge.json", huge);
  write_file (self, "newer.json", "{\"format\": \"roadstead-profile\", \"version\": 99}");
  write_file (self, "good.json", HEAD "}");
  write_file (self, "notes.txt", "not a profile");
  write_file (self, ".hidden.json", "half written");
  load (self);

  assert_names (self->store, "good");
  faults = road_profile_store_get_faults (self->store);
  g_assert_cmpuint (g_strv_length ((GStrv) faults), ==, 4);
  g_assert_nonnull (strstr (faults[0], "broken.json”, line 4: "));
  g_assert_nonnull (strstr (faults[1], "empty.json"));
  g_assert_nonnull (strstr (faults[2], "huge.json"));
  g_assert_nonnull (strstr (faults[3], "newer version"));
  after = read_file (self, "broken.json");
  g_assert_cmpstr (after, ==, HEAD ",\n\"ports\": \"banana!\"}");
}

/* Losing this: a window does not show what another window or an editor did to the profiles. */
static void
test_watch (Fixture *self, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC * get_slowness ();
  g_autofree char *path = get_path (self, "one.json");
  RoadProfileItem *kept;

  write_file (self, "one.json", HEAD ", \"name\": \"One\"}");
  road_profile_store_watch (self->store);
  while (road_profile_store_find (self->store, "One") == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  kept = road_profile_store_find (self->store, "One");
  g_assert_nonnull (kept);

  write_file (self, "two.json", HEAD ", \"name\": \"Two\"}");
  while (road_profile_store_find (self->store, "Two") == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  assert_names (self->store, "One|Two");
  g_assert_true (road_profile_store_find (self->store, "One") == kept);

  g_assert_cmpint (g_remove (path), ==, 0);
  write_file (self, "two.json", HEAD ", \"name\": \"Too\"}");
  while ((road_profile_store_find (self->store, "One") != NULL ||
          road_profile_store_find (self->store, "Too") == NULL) &&
         g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  assert_names (self->store, "Too");
}

/* Losing this: two profiles cannot be told apart, or a user's hides a built-in one. */
static void
test_names (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfileItem) mine = add_named (self->store, "Mine");
  g_autofree char *too_long = g_strnfill (81, 'x');
  g_autofree char *unique = road_profile_store_make_name (self->store, "mine");
  const char *const refused[] = { "", "  ", "mine", " MINE ", "web", "Web Servers", too_long };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (road_profile_store_check_name (self->store, refused[i], NULL, &error));
      g_assert_error (error, ROAD_ERROR, ROAD_ERROR_SYNTAX);
    }
  g_assert_true (road_profile_store_check_name (self->store, "MINE", mine, NULL));
  g_assert_true (road_profile_store_check_name (self->store, "Other", NULL, NULL));
  g_assert_cmpstr (unique, ==, "mine 2");
}

/* Losing this: a colleague's profile replaces one's own of the same name, or comes twice. */
static void
test_import (Fixture *self, gconstpointer data)
{
  g_autoptr (RoadProfileItem) mine = add_named (self->store, "Mine");
  g_autofree char *path = g_build_filename (self->base, "theirs.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (RoadProfileItem) first = NULL;
  g_autoptr (RoadProfileItem) second = NULL;
  g_autoptr (RoadProfileItem) exported = NULL;
  g_autoptr (RoadProfileItem) third = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  Outcome outcome = { NULL };

  g_file_set_contents (path, HEAD ", \"name\": \"Mine\", \"max_rate\": 7, \"future\": 1}", -1,
                       NULL);
  first = import (self->store, path, &error);
  g_assert_no_error (error);
  assert_names (self->store, "Mine|Mine 2");
  g_assert_true (first != mine);
  g_assert_cmpuint (road_profile_item_get_profile (first)->max_rate, ==, 7);
  text = read_file (self, "mine-2.json");
  g_assert_nonnull (strstr (text, "\"future\": 1"));

  road_profile_store_export_async (self->store, first, file, on_done, &outcome);
  exported = wait_for (&outcome, &error);
  g_assert_no_error (error);
  second = import (self->store, path, &error);
  g_assert_no_error (error);
  g_assert_true (second == first);
  assert_names (self->store, "Mine|Mine 2");

  g_file_set_contents (path, HEAD ",\n\"timing\": 3}", -1, NULL);
  third = import (self->store, path, &error);
  g_assert_null (third);
  g_assert_nonnull (strstr (error->message, "theirs.json”, line 4: "));
}

static void
on_recognised (GObject *source, GAsyncResult *result, gpointer user_data)
{
  int *answer = user_data;
  gboolean is_profile;

  g_assert_nonnull (road_profile_file_recognise_finish (result, &is_profile));
  *answer = is_profile;
}

/* Losing this: a profile that is dropped on the window is opened as a report, or a report whose
 * targets or profile have an odd name is imported as a profile. */
static void
test_recognise (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    gboolean is_profile;
  } files[] = {
    { HEAD "}", TRUE },
    { "{\"version\":1,\"format\":\"roadstead-profile\"}", TRUE },
    { "{\"name\": \"\xff\", \"format\" :\n\"roadstead-profile\", cut off", TRUE },
    { "{\"format\": \"roadstead-report\", \"profile\": {\"name\": \"roadstead-profile\"}}", FALSE },
    { "{\"targets\": \"\\\"format\\\": \\\"roadstead-profile\\\"\"}", FALSE },
    { "<nmaprun>", FALSE },
    { "", FALSE },
  };
  g_autoptr (GFile) missing = g_file_get_child (self->folder, "missing.json");
  int answer = -1;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GFile) file = g_file_get_child (self->folder, "file.json");

      write_file (self, "file.json", files[i].text);
      answer = -1;
      road_profile_file_recognise_async (file, NULL, on_recognised, &answer);
      while (answer < 0)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (answer, ==, files[i].is_profile);
    }

  answer = -1;
  road_profile_file_recognise_async (missing, NULL, on_recognised, &answer);
  while (answer < 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (answer);
}

/* Losing this: where nothing can be written, the user believes a profile to be saved. */
static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->base, "data", NULL);
  g_autoptr (RoadProfile) profile = road_profile_new ("name", "x", NULL);
  g_autoptr (GError) error = NULL;
  Outcome outcome = { NULL };

  g_file_set_contents (path, "a file in the way", -1, NULL);
  road_profile_store_add_async (self->store, profile, NULL, on_done, &outcome);
  g_assert_null (wait_for (&outcome, &error));
  g_assert_nonnull (error);
  assert_names (self->store, "");
}

/* Sanitizers slow everything down several times. */
#ifdef __SANITIZE_ADDRESS__
#define MAX_SECONDS 60
#else
#define MAX_SECONDS 5
#endif

/* Some thousand profiles would take longer to list than a scan; or be listed in the wrong order. */
static void
test_many (Fixture *self, gconstpointer data)
{
  const guint n = 3000;
  g_autoptr (RoadProfileStore) store = road_profile_store_new (self->folder);
  g_autoptr (GError) error = NULL;
  clock_t begin;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.json", i);
      g_autofree char *text =
          g_strdup_printf ("{\"format\": \"roadstead-profile\", \"version\": 1, "
                           "\"name\": \"%c profile %u\"}",
                           "bAc"[i % 3], (i * 7919) % n);

      write_file (self, name, text);
    }

  begin = clock ();
  g_assert_true (road_profile_store_load (store, &error));
  g_assert_no_error (error);
  g_assert_true (road_profile_store_load (store, &error));
  g_assert_cmpint (clock () - begin, <, MAX_SECONDS * CLOCKS_PER_SEC * get_slowness ());
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (store)), ==,
                    n + road_builtin_profiles_get_n ());
  for (guint i = road_builtin_profiles_get_n () + 1; i < n; i++)
    {
      g_autoptr (RoadProfileItem) a = g_list_model_get_item (G_LIST_MODEL (store), i - 1);
      g_autoptr (RoadProfileItem) b = g_list_model_get_item (G_LIST_MODEL (store), i);

      g_assert_cmpint (road_profile_item_compare (a, b), <, 0);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/profile-store/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("builtin", test_builtin);
  g_test_add_func ("/profile-store/round-trip", test_round_trip);
  g_test_add_func ("/profile-store/copy", test_copy);
  g_test_add_func ("/profile-store/bad", test_bad);
  g_test_add_func ("/profile-store/cut-off", test_cut_off);
  g_test_add_func ("/profile-store/file-names", test_file_names);
  ADD ("add", test_add);
  ADD ("same-file-name", test_same_file_name);
  ADD ("replace", test_replace);
  ADD ("changed-elsewhere", test_changed_elsewhere);
  ADD ("restore", test_restore);
  ADD ("broken-files", test_broken_files);
  ADD ("watch", test_watch);
  ADD ("names", test_names);
  ADD ("many", test_many);
  ADD ("import", test_import);
  ADD ("recognise", test_recognise);
  ADD ("no-folder", test_no_folder);

  return g_test_run ();
}
