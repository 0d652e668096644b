/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-profile-actions.h"

#include "road-profile-editor.h"
#include "road-profiles-window.h"

#include <glib/gi18n.h>

/* What the main window does with profiles. A new profile is selected there. */

/* Shows the profiles window. @targets (nullable) are for the estimates of the scan time. */
void
road_profile_actions_manage (GtkWindow *window,
                             RoadProfileStore *store,
                             RoadScanChooser *chooser,
                             RoadTargetSpec *targets)
{
  RoadProfilesWindow *dialog = road_profiles_window_new (window, store, targets);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (road_scan_chooser_set_item), chooser,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Lets the user create a profile from what is selected: a copy of the profile, or one with the custom
 * ports, which must be valid. */
void
road_profile_actions_create (GtkWindow *window,
                             RoadProfileStore *store,
                             RoadScanChooser *chooser,
                             RoadTargetSpec *targets)
{
  RoadProfileItem *item = road_scan_chooser_get_item (chooser);
  g_autoptr (RoadProfile) profile = NULL;
  RoadProfileEditor *editor;

  if (item == NULL)
    {
      profile = road_scan_chooser_make_profile (chooser);
      if (profile == NULL)
        return;
    }

  editor = road_profile_editor_new (window, store, targets);
  if (item != NULL)
    road_profile_editor_copy (editor, item);
  else
    road_profile_editor_create (editor, profile, NULL);
  g_signal_connect_object (editor, "saved", G_CALLBACK (road_scan_chooser_set_item), chooser,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

typedef struct
{
  RoadScanChooser *chooser;
  RoadNotices *notices;
} Import;

static void
on_imported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Import *import = user_data;
  g_autoptr (GError) error = NULL;
  RoadProfileItem *item =
      road_profile_store_change_finish (ROAD_PROFILE_STORE (source), result, &error);

  if (item != NULL)
    {
      g_autofree char *message =
          g_strdup_printf (_ ("“%s” was added to your profiles and is now selected."),
                           road_profile_item_get_name (item));

      road_scan_chooser_set_item (import->chooser, item);
      road_notices_show_info (import->notices, message);
    }
  else
    {
      road_notices_show_error (import->notices, error->message);
    }

  g_object_unref (import->chooser);
  g_object_unref (import->notices);
  g_free (import);
}

/* Copies the profile in @file to the user's profiles and selects it. */
void
road_profile_actions_import (RoadProfileStore *store,
                             RoadScanChooser *chooser,
                             RoadNotices *notices,
                             GFile *file)
{
  Import *import = g_new (Import, 1);

  import->chooser = g_object_ref (chooser);
  import->notices = g_object_ref (notices);
  road_profile_store_import_async (store, file, on_imported, import);
}
