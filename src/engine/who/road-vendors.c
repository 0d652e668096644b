/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-vendors.h"

#include <gio/gio.h>
#include <string.h>

#include "road-vendors-resource.h"

#define PATH "/io/github/roadstead/Roadstead/vendors/ieee.tsv"

/* How many hexadecimal digits of an address a registry gives away, the smallest blocks first. */
static const guint prefix_lengths[] = { 9, 7, 6 };

/* The table is part of the program, uncompressed. It is searched where it is, so it is never freed. */
static gpointer
open_table (gpointer data)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  road_vendors_register_resource ();
  bytes = g_resources_lookup_data (PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  if (bytes == NULL)
    g_error ("%s", error->message);
  road_vendors_unregister_resource ();

  return bytes;
}

static const char *
get_table (gsize *size)
{
  static GOnce once = G_ONCE_INIT;

  return g_bytes_get_data (g_once (&once, open_table, NULL), size);
}

/* Returns: where the line that @position is in begins */
static gsize
find_line (const char *table, gsize position)
{
  while (position > 0 && table[position - 1] != '\n')
    position--;

  return position;
}

/* Compares the first field of a line, which ends with a tab, with @key. The comments at the beginning are
 * before all keys, as “#” is before all digits. */
static int
compare_line (const char *line, gsize length, const char *key)
{
  const gsize key_length = strlen (key);
  const int order = strncmp (line, key, MIN (length, key_length));

  if (order != 0 || length < key_length)
    return order != 0 ? order : -1;

  return length > key_length && line[key_length] == '\t' ? 0 : 1;
}

/* Returns: (transfer full) (nullable): the vendor of a block */
static char *
find_block (const char *key)
{
  gsize first = 0, end;
  const char *table = get_table (&end);

  while (first < end)
    {
      const gsize begin = find_line (table, first + (end - first) / 2);
      const char *newline = memchr (table + begin, '\n', end - begin);
      const gsize length = newline != NULL ? (gsize) (newline - table) - begin : end - begin;
      const int order = compare_line (table + begin, length, key);

      if (order == 0)
        return g_strndup (table + begin + strlen (key) + 1, length - strlen (key) - 1);
      if (order < 0)
        first = MIN (begin + length + 1, end);
      else
        end = begin;
    }

  return NULL;
}

/* Returns: (transfer full) (nullable): the vendor of the device that has the address, by IEEE's registries in
 * data/vendors/ieee.tsv; %NULL if it is not registered, or random or virtual (see road_mac_is_local()) */
char *
road_vendors_find (const RoadMac *mac)
{
  char digits[13];

  g_return_val_if_fail (mac != NULL, NULL);

  if (road_mac_is_local (mac))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (mac->bytes); i++)
    g_snprintf (digits + 2 * (gsize) i, 3, "%02X", mac->bytes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (prefix_lengths); i++)
    {
      char *vendor;

      digits[prefix_lengths[i]] = '\0';
      vendor = find_block (digits);
      if (vendor != NULL)
        return vendor;
    }

  return NULL;
}

/* Returns: (transfer full): the text of a %ROAD_NOTE_MAC: the address, and the vendor in parentheses if there
 * is one */
char *
road_vendors_describe (const RoadMac *mac)
{
  g_autofree char *address = NULL;
  g_autofree char *vendor = NULL;

  g_return_val_if_fail (mac != NULL, NULL);

  address = road_mac_to_string (mac);
  vendor = road_vendors_find (mac);

  return vendor != NULL ? g_strdup_printf ("%s (%s)", address, vendor) : g_steal_pointer (&address);
}
