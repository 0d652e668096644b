/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-show-in-folder.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>

#include "formats/road-sandbox.h"

/* GtkFileLauncher does the same since GTK 4.10. */

/* What all desktops can do, without selecting the file. */
static void
show_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = g_file_get_uri (folder != NULL ? folder : file);
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  gtk_show_uri (gtk_application_get_active_window (application), uri, GDK_CURRENT_TIME);
}

static void
on_items_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL)
    show_folder (file);
}

static void
show_by_file_manager (GDBusConnection *bus, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  const char *const uris[] = { uri, NULL };

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, on_items_shown, g_object_ref (file));
}

static void
on_directory_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GFile) file = user_data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), NULL, result,
                                                       NULL);

  if (reply == NULL)
    show_folder (file);
}

/* Returns: whether the portal was asked */
static gboolean
show_by_portal (GDBusConnection *bus, GFile *file)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  const char *path = g_file_peek_path (file);
  const int fd = path != NULL ? g_open (path, O_PATH | O_CLOEXEC, 0) : -1;
  int index;

  if (fd < 0)
    return FALSE;

  index = g_unix_fd_list_append (fds, fd, NULL);
  g_close (fd, NULL);
  if (index < 0)
    return FALSE;

  g_dbus_connection_call_with_unix_fd_list (bus, "org.freedesktop.portal.Desktop",
                                            "/org/freedesktop/portal/desktop",
                                            "org.freedesktop.portal.OpenURI", "OpenDirectory",
                                            g_variant_new ("(sha{sv})", "", index, NULL), NULL,
                                            G_DBUS_CALL_FLAGS_NONE, -1, fds, NULL,
                                            on_directory_opened, g_object_ref (file));

  return TRUE;
}

/* Shows @file in the file manager, selected where that is possible. */
void
road_show_in_folder (GtkWindow *parent, GFile *file)
{
  GDBusConnection *bus;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (G_IS_FILE (file));

  bus = g_application_get_dbus_connection (G_APPLICATION (gtk_window_get_application (parent)));
  if (bus == NULL)
    show_folder (file);
  else if (!road_sandbox_is_active ())
    show_by_file_manager (bus, file);
  else if (!show_by_portal (bus, file))
    show_folder (file);
}
