/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-history.h"

#include <string.h>

#define KEY "target-history"

/* Longer texts, in bytes, such as pasted lists, are not remembered. */
#define MAX_LENGTH 500

/* Returns: (transfer full): @history with @targets in front, in which nothing is twice */
GStrv
road_target_history_add (const char *const *history, const char *targets)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 1;

  g_strv_builder_add (builder, targets);
  for (guint i = 0; history[i] != NULL && n < ROAD_TARGET_HISTORY_MAX; i++)
    {
      if (g_str_equal (history[i], targets))
        continue;
      g_strv_builder_add (builder, history[i]);
      n++;
    }

  return g_strv_builder_end (builder);
}

static void
add_matching (GStrvBuilder *builder, const char *const *history, const char *key, gboolean at_start)
{
  for (guint i = 0; history[i] != NULL; i++)
    {
      g_autofree char *folded = g_utf8_casefold (history[i], -1);

      if (!g_str_equal (folded, key) && strstr (folded, key) != NULL &&
          g_str_has_prefix (folded, key) == at_start)
        g_strv_builder_add (builder, history[i]);
    }
}

/* Returns: (transfer full): what of @history contains @typed, in any case of letters, though not what is the
 * same: first what begins with it */
GStrv
road_target_history_match (const char *const *history, const char *typed)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *key = g_utf8_casefold (typed, -1);

  g_strstrip (key);
  add_matching (builder, history, key, TRUE);
  add_matching (builder, history, key, FALSE);

  return g_strv_builder_end (builder);
}

/* Remembers what is scanned, unless the user does not want scans to be kept. */
void
road_target_history_remember (const char *targets)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_auto (GStrv) history = NULL;
  g_auto (GStrv) newer = NULL;

  g_return_if_fail (targets != NULL);

  if (*targets == '\0' || strlen (targets) > MAX_LENGTH ||
      g_settings_get_uint (settings, "recent-scans") == 0)
    return;

  history = g_settings_get_strv (settings, KEY);
  newer = road_target_history_add ((const char *const *) history, targets);
  g_settings_set_strv (settings, KEY, (const char *const *) newer);
}

void
road_target_history_clear (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_settings_reset (settings, KEY);
}

/* Returns: (transfer full): what is remembered, and what was scanned in @scans, the latest first */
GStrv
road_target_history_list (RoadRecentScans *scans)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_auto (GStrv) history = g_settings_get_strv (settings, KEY);

  g_return_val_if_fail (ROAD_IS_RECENT_SCANS (scans), NULL);

  for (guint i = 0; history[i] != NULL; i++)
    {
      g_hash_table_add (known, history[i]);
      g_strv_builder_add (builder, history[i]);
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (scans)); i++)
    {
      g_autoptr (RoadRecentScan) scan = g_list_model_get_item (G_LIST_MODEL (scans), i);
      const RoadDigest *digest = road_recent_scan_get_digest (scan);

      /* The model keeps the text as long as it is in the table. */
      if (digest != NULL && strlen (digest->targets) <= MAX_LENGTH &&
          g_hash_table_add (known, digest->targets))
        g_strv_builder_add (builder, digest->targets);
    }

  return g_strv_builder_end (builder);
}
