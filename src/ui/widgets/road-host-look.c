/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-look.h"

#include <glib/gi18n.h>

#include "engine/base/road-locale.h"
#include "engine/base/road-text-escape.h"
#include "engine/report/road-host-notes.h"
#include "store/road-host-names.h"

/* Further names are only counted. */
#define MAX_NAMES 3

/* Returns: (transfer full): the user's own name for it, else the names that the user typed, else the one that was
 * found, else the address, escaped */
char *
road_host_look_dup_title (RoadHost *host)
{
  const char *const *names = road_host_get_user_names (host);
  const char *own_name = road_host_names_find (host);
  const guint n_names = g_strv_length ((char **) names);
  g_autoptr (GString) text = NULL;
  guint n_more;

  if (own_name != NULL)
    return road_text_label (own_name);
  if (n_names <= 1)
    return road_text_label (road_host_get_title (host));

  text = g_string_new (NULL);
  for (guint i = 0; i < MIN (n_names, MAX_NAMES); i++)
    {
      g_string_append (text, i > 0 ? road_locale_get_separator () : "");
      road_text_append_label (text, names[i]);
    }
  if (n_names <= MAX_NAMES)
    return g_string_free (g_steal_pointer (&text), FALSE);

  n_more = n_names - MAX_NAMES;

  /* Translators: some names of a host, and the number of others */
  return g_strdup_printf (ngettext ("%s and %'u more", "%s and %'u more", n_more), text->str,
                          n_more);
}

/* Returns: whether its title is another one than its address */
gboolean
road_host_look_has_name (RoadHost *host)
{
  return road_host_names_find (host) != NULL ||
         g_strcmp0 (road_host_get_title (host), road_host_get_address_string (host)) != 0;
}

typedef struct
{
  const char *kind;
  const char *guess;
  const char *icon_name;
} Look;

static const Look looks[ROAD_N_DEVICE_KINDS] = {
  [ROAD_DEVICE_ROUTER] = { NC_ ("kind", "Router"), N_ ("Probably a router"),
                           "road-kind-router-symbolic" },
  [ROAD_DEVICE_PRINTER] = { NC_ ("kind", "Printer"), N_ ("Probably a printer"),
                            "road-kind-printer-symbolic" },
  [ROAD_DEVICE_STORAGE] = { NC_ ("kind", "Network storage"), N_ ("Probably network storage"),
                            "road-kind-storage-symbolic" },
  [ROAD_DEVICE_CAMERA] = { NC_ ("kind", "Camera"), N_ ("Probably a camera"),
                           "road-kind-camera-symbolic" },
  [ROAD_DEVICE_PHONE] = { NC_ ("kind", "Phone or tablet"), N_ ("Probably a phone or tablet"),
                          "road-kind-phone-symbolic" },
  [ROAD_DEVICE_MEDIA_PLAYER] = { NC_ ("kind", "TV or media player"),
                                 N_ ("Probably a TV or media player"),
                                 "road-kind-media-player-symbolic" },
  [ROAD_DEVICE_WINDOWS] = { NC_ ("kind", "Windows computer"),
                            N_ ("Probably a computer with Windows"),
                            "road-kind-computer-symbolic" },
  [ROAD_DEVICE_MAC] = { NC_ ("kind", "Mac"), N_ ("Probably a Mac"), "road-kind-computer-symbolic" },
  [ROAD_DEVICE_LINUX] = { NC_ ("kind", "Linux computer"), N_ ("Probably a computer with Linux"),
                          "road-kind-computer-symbolic" },
  [ROAD_DEVICE_SERVER] = { NC_ ("kind", "Server"), N_ ("Probably a server"),
                           "road-kind-server-symbolic" },
  [ROAD_DEVICE_VIRTUAL_MACHINE] = { NC_ ("kind", "Virtual machine"),
                                    N_ ("Probably a virtual machine"),
                                    "road-kind-virtual-machine-symbolic" },
  [ROAD_DEVICE_BOARD] = { NC_ ("kind", "Single-board computer"),
                          N_ ("Probably a single-board computer"), "road-kind-board-symbolic" },
  [ROAD_DEVICE_SMART_HOME] = { NC_ ("kind", "Smart-home device"),
                               N_ ("Probably a smart-home device"),
                               "road-kind-smart-home-symbolic" },
  [ROAD_DEVICE_CONSOLE] = { NC_ ("kind", "Game console"), N_ ("Probably a game console"),
                            "road-kind-console-symbolic" },
};

/* Returns: (nullable): the kind in a word or two; %NULL for %ROAD_DEVICE_UNKNOWN */
const char *
road_host_look_get_kind (RoadDeviceKind kind)
{
  g_return_val_if_fail (kind < ROAD_N_DEVICE_KINDS, NULL);

  return looks[kind].kind != NULL ? g_dpgettext2 (NULL, "kind", looks[kind].kind) : NULL;
}

/* Returns: (nullable): the kind in words that say that it is a guess */
const char *
road_host_look_get_guess (RoadDeviceKind kind)
{
  g_return_val_if_fail (kind < ROAD_N_DEVICE_KINDS, NULL);

  return looks[kind].guess != NULL ? _ (looks[kind].guess) : NULL;
}

/* Returns: (nullable): the name of a symbolic icon */
const char *
road_host_look_get_icon (RoadDeviceKind kind)
{
  g_return_val_if_fail (kind < ROAD_N_DEVICE_KINDS, NULL);

  return looks[kind].icon_name;
}

/* Returns: (transfer full): the vendor of its network interface, or why there is none; empty if its hardware address
 * is not known */
char *
road_host_look_dup_vendor (RoadHost *host)
{
  g_autofree char *vendor = road_host_dup_vendor (host);
  RoadMac mac;

  if (vendor != NULL)
    return road_text_label (vendor);
  if (!road_host_get_mac (host, &mac))
    return g_strdup ("");

  /* Translators: a hardware address that no vendor has given away */
  return g_strdup (road_mac_is_local (&mac) ? _ ("random or virtual")
                                            /* Translators: the vendor of a device */
                                            : C_ ("vendor", "unknown"));
}
