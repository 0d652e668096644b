/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-host-notes.h"

#include <string.h>

/* Returns: (nullable): the text of the first note about the whole host with that name */
static const char *
find_text (RoadHost *self, const char *name)
{
  const guint n = road_host_get_n_notes (self);

  for (guint i = 0; i < n; i++)
    {
      const RoadNote *note = road_host_get_note (self, i);

      if (note->port != ROAD_NOTE_HOST)
        break; /* they are sorted */
      if (g_str_equal (note->name, name))
        return note->text;
    }

  return NULL;
}

/* Returns: (nullable): the name that the host has given itself, as it told by mDNS. It may come from a file: it may
 * contain anything. */
const char *
road_host_get_mdns_name (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return find_text (self, ROAD_NOTE_MDNS_NAME);
}

/* Returns: (nullable): the name of its address that the scan has found: from DNS, or else by mDNS */
const char *
road_host_get_found_name (RoadHost *self)
{
  const char *ptr_name = road_host_get_ptr_name (self);

  return ptr_name != NULL ? ptr_name : road_host_get_mdns_name (self);
}

/* Returns: (nullable): the first %ROAD_NOTE_MAC of a host: its hardware address, and the vendor in parentheses if
 * it is known. It may come from a file: it may contain anything. */
const char *
road_host_get_mac_text (RoadHost *self)
{
  g_return_val_if_fail (ROAD_IS_HOST (self), NULL);

  return find_text (self, ROAD_NOTE_MAC);
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

/* Whether there is only one such note, which a scan makes itself. */
static gboolean
is_single (int port, const char *name)
{
  static const char *const single[] = { ROAD_NOTE_MAC, ROAD_NOTE_MDNS_NAME, NULL };

  return port == ROAD_NOTE_HOST && g_strv_contains (single, name);
}

/* Adds a note about the whole host that is newer than those it has: of what there is only one of, it takes the place. */
void
road_host_take_note (RoadHost *self, const char *name, const char *text)
{
  g_return_if_fail (ROAD_IS_HOST (self));
  g_return_if_fail (name != NULL && text != NULL);

  if (is_single (ROAD_NOTE_HOST, name))
    road_host_replace_note (self, name, text);
  else
    road_host_add_note (self, ROAD_NOTE_HOST, name, text);
}

/* Takes over what there is only one of from the same host, scanned again. */
void
road_host_take_notes (RoadHost *self, RoadHost *newer)
{
  const guint n = road_host_get_n_notes (newer);

  for (guint i = 0; i < n; i++)
    {
      const RoadNote *note = road_host_get_note (newer, i);

      if (is_single (note->port, note->name))
        road_host_replace_note (self, note->name, note->text);
    }
}
