/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-last-choice.h"

#define PROFILE "last-profile"
#define PORTS "last-ports"
#define PORTS_CHOSEN "last-ports-chosen"

/* Remembers the profile or the custom ports that are selected in @chooser. */
void
road_last_choice_save (GSettings *settings, RoadScanChooser *chooser)
{
  RoadProfileItem *item;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (chooser));

  item = road_scan_chooser_get_item (chooser);
  g_settings_set_string (settings, PORTS, road_scan_chooser_get_list (chooser));
  g_settings_set_boolean (settings, PORTS_CHOSEN, item == NULL);
  if (item != NULL)
    g_settings_set_string (settings, PROFILE, road_profile_item_get_id (item));
}

/* Selects in @chooser what the last scan was made with. */
void
road_last_choice_restore (GSettings *settings, RoadScanChooser *chooser)
{
  g_autofree char *id = NULL;
  g_autofree char *list = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (ROAD_IS_SCAN_CHOOSER (chooser));

  id = g_settings_get_string (settings, PROFILE);
  list = g_settings_get_string (settings, PORTS);
  road_scan_chooser_restore (chooser, id, list, g_settings_get_boolean (settings, PORTS_CHOSEN));
}

/* A new default profile counts from now on. The list of ports stays filled in. */
void
road_last_choice_forget (GSettings *settings)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_settings_reset (settings, PROFILE);
  g_settings_reset (settings, PORTS_CHOSEN);
}
