/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/who/road-device-kind.h"

#include "engine/ports/road-port-set.h"

typedef struct
{
  const char *what;
  RoadDeviceKind kind;
  const char *open;    /* ports, or NULL for none */
  const char *mac;     /* as in the note, or NULL */
  const char *name;    /* or NULL */
  const char *version; /* of the service on port 22, or NULL */
} Case;

/* As such devices are found in networks, with their usual settings. */
static const Case cases[] = {
  { "FRITZ!Box", ROAD_DEVICE_ROUTER, "53,80,443,554,5060,8181",
    "C8:0E:14:00:00:01 (AVM Audiovisuelles Marketing)", "fritz.box" },
  { "OpenWrt", ROAD_DEVICE_ROUTER, "22,53,80", "EC:08:6B:00:00:01 (TP-Link Technologies)" },
  { "MikroTik", ROAD_DEVICE_ROUTER, "21,22,23,80,2000,8291",
    "4C:5E:0C:00:00:01 (Routerboard.com)" },
  { "router without vendor", ROAD_DEVICE_ROUTER, "53,80,443" },
  { "HP LaserJet", ROAD_DEVICE_PRINTER, "80,443,515,631,9100",
    "3C:D9:2B:00:00:01 (Hewlett Packard)" },
  { "Brother", ROAD_DEVICE_PRINTER, "80,515,631", "00:80:77:00:00:01 (Brother industries)",
    "BRW0080770001.local" },
  { "named printer", ROAD_DEVICE_PRINTER, NULL, NULL, "Printer-2.local" },
  { "Synology", ROAD_DEVICE_STORAGE, "22,80,139,443,445,5000,5001",
    "00:11:32:00:00:01 (Synology Incorporated)" },
  { "TrueNAS", ROAD_DEVICE_STORAGE, "22,80,445,2049", NULL, "truenas.lan" },
  { "a NAS by ports", ROAD_DEVICE_STORAGE, "80,445,548" },
  { "Hikvision", ROAD_DEVICE_CAMERA, "80,554,8000",
    "54:8C:81:00:00:01 (Hangzhou Hikvision Digital Technology)" },
  { "camera by ports", ROAD_DEVICE_CAMERA, "80,554,8899" },
  { "iPhone", ROAD_DEVICE_PHONE, "49152,62078", "06:11:22:33:44:55" },
  { "named iPad", ROAD_DEVICE_PHONE, NULL, "06:11:22:33:44:55", "Annas-iPad.local" },
  { "OnePlus", ROAD_DEVICE_PHONE, NULL, "94:65:2D:00:00:01 (OnePlus Technology (Shenzhen))" },
  { "Chromecast", ROAD_DEVICE_MEDIA_PLAYER, "8008,8009,8443,9000", "F4:F5:D8:00:00:01 (Google)" },
  { "Samsung TV", ROAD_DEVICE_MEDIA_PLAYER, "7678,8001,8002,8080",
    "8C:79:F5:00:00:01 (Samsung Electronics)" },
  { "Sonos", ROAD_DEVICE_MEDIA_PLAYER, "1400,1443", "00:0E:58:00:00:01 (Sonos)" },
  { "named TV", ROAD_DEVICE_MEDIA_PLAYER, "80", NULL, "living-room-tv.local" },
  { "Windows", ROAD_DEVICE_WINDOWS, "135,139,445", "A4:BB:6D:00:00:01 (Dell)" },
  { "Windows with remote desktop", ROAD_DEVICE_WINDOWS, "3389" },
  { "domain controller", ROAD_DEVICE_WINDOWS, "53,88,135,139,389,445,464,593,636,3268,3389",
    "A4:BB:6D:00:00:01 (Dell)" },
  { "Mac", ROAD_DEVICE_MAC, "22,88,445,5900", "3C:22:FB:00:00:01 (Apple)" },
  { "named Mac", ROAD_DEVICE_MAC, "5000,7000", NULL, "Annas-MacBook-Pro.local" },
  { "Linux", ROAD_DEVICE_LINUX, "22", "A4:BB:6D:00:00:01 (Dell)" },
  { "Linux by its SSH server", ROAD_DEVICE_LINUX, "22,6000", NULL, NULL, "OpenSSH 9.2p1 Debian-2" },
  { "web server", ROAD_DEVICE_SERVER, "22,80,443" },
  { "monitored server", ROAD_DEVICE_SERVER, "22,80,9100", "A4:BB:6D:00:00:01 (Dell)" },
  { "mail server", ROAD_DEVICE_SERVER, "25,143,993" },
  { "database", ROAD_DEVICE_SERVER, "22,5432" },
  { "KVM", ROAD_DEVICE_VIRTUAL_MACHINE, "22,80", "52:54:00:12:34:56" },
  { "VMware", ROAD_DEVICE_VIRTUAL_MACHINE, "22", "00:0C:29:00:00:01 (VMware)" },
  { "Docker", ROAD_DEVICE_VIRTUAL_MACHINE, "80", "02:42:AC:11:00:02" },
  { "Raspberry Pi", ROAD_DEVICE_BOARD, "22", "B8:27:EB:00:00:01 (Raspberry Pi Foundation)" },
  { "ESP32", ROAD_DEVICE_SMART_HOME, "80", "24:0A:C4:00:00:01 (Espressif)" },
  { "Home Assistant", ROAD_DEVICE_SMART_HOME, "22,8123" },
  { "Switch", ROAD_DEVICE_CONSOLE, NULL, "98:B6:E9:00:00:01 (Nintendo)" },
  { "PlayStation", ROAD_DEVICE_CONSOLE, "9295",
    "00:D9:D1:00:00:01 (Sony Interactive Entertainment)" },

  /* Losing these: a guess where nothing is known. */
  { "nothing", ROAD_DEVICE_UNKNOWN },
  { "a random address", ROAD_DEVICE_UNKNOWN, NULL, "06:11:22:33:44:55" },
  { "a web page", ROAD_DEVICE_UNKNOWN, "80,443" },
  { "words in words", ROAD_DEVICE_UNKNOWN, NULL, NULL, "atvantage-canasta.example" },
  { "answers on all ports", ROAD_DEVICE_UNKNOWN, "1-1000" },
};

/* Losing this: a printer is called a server, and so on. */
static void
test_guess (gconstpointer data)
{
  const Case *c = data;
  const RoadAddress address = { .bytes = { 10, 0, 0, 1 }, .length = 4 };
  g_autoptr (RoadHost) host = road_host_new (&address, NULL, NULL);

  road_host_set_state (host, ROAD_HOST_UP, ROAD_REASON_SYN_ACK);
  if (c->open != NULL)
    {
      g_autoptr (RoadPortSet) ports = road_port_set_parse (c->open, NULL);
      const RoadPortGroup group = { ROAD_PORT_OPEN, ROAD_REASON_SYN_ACK, ROAD_ADDRESS_NONE, ports };

      road_host_add_group (host, &group);
    }
  if (c->mac != NULL)
    road_host_replace_note (host, ROAD_NOTE_MAC, c->mac);
  if (c->name != NULL)
    road_host_replace_note (host, ROAD_NOTE_MDNS_NAME, c->name);
  if (c->version != NULL)
    road_host_set_service (host, 22, NULL, c->version);

  g_assert_cmpstr (road_device_kind_get_name (road_device_kind_guess (host)), ==,
                   road_device_kind_get_name (c->kind));
}

/* Losing this: a kind has no word, or hosts that are down are guessed at. */
static void
test_names (void)
{
  const RoadAddress address = { .bytes = { 10, 0, 0, 1 }, .length = 4 };
  g_autoptr (RoadHost) host = road_host_new (&address, "printer", NULL);

  for (guint i = 0; i < ROAD_N_DEVICE_KINDS; i++)
    g_assert_true ((road_device_kind_get_name (i) == NULL) == (i == ROAD_DEVICE_UNKNOWN));

  g_assert_cmpint (road_device_kind_guess (host), ==, ROAD_DEVICE_PRINTER);
  road_host_set_state (host, ROAD_HOST_DOWN, ROAD_REASON_NO_RESPONSE);
  g_assert_cmpint (road_device_kind_guess (host), ==, ROAD_DEVICE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/device-kind/%s", cases[i].what);

      g_test_add_data_func (path, &cases[i], test_guess);
    }
  g_test_add_func ("/device-kind/names", test_names);

  return g_test_run ();
}
