/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/base/road-locale.h"
#include "store/road-profile-store.h"
#include "store/road-recent-scans.h"

/*
 * save-all FOLDER TARGETS
 *
 * Saves what the window saves by itself: the profile "Mine", in place of an earlier one, and a scan among the recent
 * ones. Prints for each whether it is saved, or why not.
 */

#define N_HOSTS 2000

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static void
say (const char *what, const GError *error)
{
  g_print ("%s: %s\n", what, error != NULL ? error->message : "saved");
}

static void
save_profile (const char *folder, const char *targets)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "profiles", NULL);
  g_autoptr (RoadProfileStore) store = road_profile_store_new (file);
  g_autoptr (RoadProfile) profile = road_profile_new ("name", "Mine", "description", targets, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RoadProfileItem *earlier;

  if (!road_profile_store_load (store, &error))
    {
      say ("profile", error);
      return;
    }

  earlier = road_profile_store_find (store, "Mine");
  if (earlier != NULL)
    road_profile_store_replace_async (store, earlier, profile, on_done, &result);
  else
    road_profile_store_add_async (store, profile, NULL, on_done, &result);
  road_profile_store_change_finish (store, wait_for (&result), &error);
  say ("profile", error);
}

static RoadReport *
make_report (const char *targets)
{
  g_autoptr (RoadProfile) profile = road_profile_new (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_object_unref);
  RoadReport *report = road_report_new (targets, profile);
  RoadAddress address;

  road_address_parse (&address, "10.0.0.1");
  for (guint i = 0; i < N_HOSTS; i++)
    {
      RoadHost *host = road_host_new (&address, NULL, NULL);

      road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
      road_host_set_done (host);
      g_ptr_array_add (hosts, host);
      road_address_add (&address, 1);
    }
  road_report_add_hosts (report, hosts);
  road_report_finish (report, ROAD_REPORT_FINISHED, now, 1);

  return report;
}

static void
save_scan (const char *folder, const char *targets)
{
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "scans", NULL);
  g_autoptr (RoadRecentScans) scans = road_recent_scans_new (file, 3);
  g_autoptr (RoadReport) report = make_report (targets);
  g_autoptr (GFile) kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  while (road_recent_scans_get_loading (scans))
    g_main_context_iteration (NULL, TRUE);
  road_recent_scans_keep_async (scans, report, on_done, &result);
  kept = road_recent_scans_keep_finish (scans, wait_for (&result), &error);
  say ("scan", error);
}

int
main (int argc, char *argv[])
{
  g_assert_cmpint (argc, ==, 3);
  road_locale_init ();

  save_profile (argv[1], argv[2]);
  save_scan (argv[1], argv[2]);

  return 0;
}
