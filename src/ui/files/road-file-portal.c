/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-file-portal.h"

#include <glib/gi18n.h>

/* The session starts the portal if it is asked for the first time; that takes a moment. */
#define TIMEOUT_MS 10000

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GVariant) version =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (version != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (
        task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
        _ ("Files cannot be chosen here: in a Flatpak the desktop does that, with a “portal”, and "
           "there is none. Install xdg-desktop-portal and the backend for your desktop."));
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_dbus_connection_call (bus, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                          "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "org.freedesktop.portal.FileChooser", "version"),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, NULL,
                          on_answered, g_steal_pointer (&task));
}

/* Looks whether the session has what shows GtkFileChooserNative in a sandbox: without it that shows nothing and never
 * answers. */
void
road_file_portal_find_async (GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, road_file_portal_find_async);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, on_bus, task);
}

/* Returns: whether there is a portal; @error is a sentence for the user */
gboolean
road_file_portal_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
