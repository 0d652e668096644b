/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-mac.h"

#include <string.h>

/* Returns: (nullable): the first %ROAD_NOTE_MAC of a host: its hardware address, and the vendor in parentheses if
 * it is known. It may come from a file: it may contain anything. */
const char *
road_host_get_mac_text (RoadHost *self)
{
  guint n;

  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  n = road_host_get_n_notes (self);
  for (guint i = 0; i < n; i++)
    {
      const RoadNote *note = road_host_get_note (self, i);

      if (note->port != ROAD_NOTE_HOST)
        break; /* they are sorted */
      if (g_str_equal (note->name, ROAD_NOTE_MAC))
        return note->text;
    }

  return NULL;
}

/* @mac: (out): its hardware address; unchanged if it is not known. Returns: whether it is known. */
gboolean
road_host_get_mac (RoadHost *self, RoadMac *mac)
{
  const char *text = road_host_get_mac_text (self);

  g_return_val_if_fail (mac != NULL, FALSE);

  return text != NULL && road_mac_parse (mac, text);
}

/* @text: that of a %ROAD_NOTE_MAC. Returns: (transfer full) (nullable): the vendor that it names */
char *
road_host_mac_text_dup_vendor (const char *text)
{
  const char *vendor;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  vendor = strstr (text, " (");
  length = strlen (text);
  if (vendor == NULL || text[length - 1] != ')')
    return NULL;

  return g_strndup (vendor + 2, length - (gsize) (vendor - text) - 3);
}

/* Returns: (transfer full) (nullable): the vendor of its network interface */
char *
road_host_dup_vendor (RoadHost *self)
{
  const char *text = road_host_get_mac_text (self);

  return text != NULL ? road_host_mac_text_dup_vendor (text) : NULL;
}

/* Replaces what was known of its hardware address. */
void
road_host_set_mac_text (RoadHost *self, const char *text)
{
  road_host_replace_note (self, ROAD_NOTE_MAC, text);
}
