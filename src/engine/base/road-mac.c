/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-mac.h"

/* The bit of the first byte that says that no registry has assigned the address (IEEE 802-2014, 8.2.2). */
#define LOCAL_BIT 0x02

/**
 * road_mac_parse:
 * @mac: (out): the address; unchanged if @text does not begin with one
 * @text: six numbers of two hexadecimal digits with colons or hyphens between them; other text may follow
 *   after a space
 *
 * Returns: whether @text begins with an address
 */
gboolean
road_mac_parse (RoadMac *mac, const char *text)
{
  RoadMac result;

  g_return_val_if_fail (mac != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (result.bytes); i++)
    {
      const gboolean is_last = i + 1 == G_N_ELEMENTS (result.bytes);

      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        return FALSE;
      result.bytes[i] =
          (guint8) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
      if (is_last ? text[2] != '\0' && text[2] != ' ' : text[2] != ':' && text[2] != '-')
        return FALSE;
      text += 3;
    }
  *mac = result;

  return TRUE;
}

/* Returns: (transfer full): the address as nmap writes it: “00:1B:21:00:00:20” */
char *
road_mac_to_string (const RoadMac *mac)
{
  g_return_val_if_fail (mac != NULL, NULL);

  return g_strdup_printf ("%02X:%02X:%02X:%02X:%02X:%02X", mac->bytes[0], mac->bytes[1],
                          mac->bytes[2], mac->bytes[3], mac->bytes[4], mac->bytes[5]);
}

/* Returns: whether no vendor has given the address to a device: it is a random one, which protects whoever
 * carries the device, or that of a virtual machine or interface. */
gboolean
road_mac_is_local (const RoadMac *mac)
{
  g_return_val_if_fail (mac != NULL, FALSE);

  return (mac->bytes[0] & LOCAL_BIT) != 0;
}
