/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-device-kind.h"

#include <string.h>

#include "engine/report/road-host-notes.h"

/* A real machine does not listen on more ports than this; what does is a protection device. */
#define MAX_OPEN 200

/* In bytes: what is looked at of each text, and of all together. They come from strangers and can be of any length, and
 * the kind is guessed whenever a row is drawn. */
#define MAX_TEXT 500
#define MAX_TEXTS 10000

#define MAX_PORTS 12
#define MAX_WORDS 12

/* A rule holds if all of its conditions do; a condition that is not given holds always. Words are in lower case,
 * and are found where no letter is before or after them; after one that ends with “*” there may be letters. */
typedef struct
{
  RoadDeviceKind kind;
  guint16 any[MAX_PORTS];     /* one of these ports is open */
  guint16 also[MAX_PORTS];    /* and one of these */
  guint16 none[MAX_PORTS];    /* and none of these */
  const char *mac[MAX_WORDS]; /* the hardware address begins so, in upper case */
  const char *vendor[MAX_WORDS];
  const char *name[MAX_WORDS]; /* in one of the names of the host */
  const char
      *says[MAX_WORDS]; /* in what its services, or other scanners, say: names, versions, notes */
} Rule;

/* The first rule that holds decides: what is sure comes before what is likely, and what a device is for before what
 * it is made of. Ports are those of IANA's registry or of the makers' manuals. */
static const Rule rules[] = {
  /* What devices are called: their owner, or their maker, knows best. */
  { ROAD_DEVICE_PRINTER,
    .name = { "printer*", "laserjet*", "officejet*", "deskjet*", "drucker*" } },
  { ROAD_DEVICE_CONSOLE,
    .name = { "xbox*", "playstation*", "ps4", "ps5", "nintendo*", "steamdeck" } },
  { ROAD_DEVICE_PHONE, .name = { "iphone*", "ipad*", "android*", "galaxy*", "pixel", "phone" } },
  { ROAD_DEVICE_MEDIA_PLAYER, .name = { "chromecast*", "appletv*", "apple-tv*", "roku*", "sonos*",
                                        "firetv*", "tv", "kodi" } },
  { ROAD_DEVICE_STORAGE,
    .name = { "nas", "diskstation*", "truenas*", "freenas*", "synology*", "qnap*" } },
  { ROAD_DEVICE_CAMERA, .name = { "camera*", "cam", "ipcam*", "webcam*", "nvr" } },
  { ROAD_DEVICE_ROUTER,
    .name = { "router*", "gateway", "fritz", "openwrt*", "opnsense*", "pfsense*", "speedport*" } },
  { ROAD_DEVICE_MAC, .name = { "macbook*", "imac*", "mac-mini*", "macmini*" } },
  { ROAD_DEVICE_BOARD, .name = { "raspberrypi*", "raspberry*", "beaglebone*" } },

  /* Printers: JetDirect and LPD; IPP is also what computers share a printer with. On a server, 9100 tells numbers to
   * a monitoring system (node_exporter). */
  { ROAD_DEVICE_PRINTER, .any = { 9100 }, .also = { 515, 631, 80 }, .none = { 22, 3389 } },
  { ROAD_DEVICE_PRINTER, .any = { 515 }, .none = { 22, 135, 3389 } },
  { ROAD_DEVICE_PRINTER, .any = { 80, 443, 515, 631, 9100 },
    .vendor = { "brother", "canon", "seiko epson", "lexmark*", "kyocera*", "ricoh", "xerox",
                "konica*", "oki", "zebra" } },
  { ROAD_DEVICE_PRINTER, .says = { "jetdirect", "laserjet*", "officejet*" } },

  /* Cameras: RTSP with a web page; 37777 is Dahua's, 34567 that of many cheap ones. */
  { ROAD_DEVICE_CAMERA, .vendor = { "hangzhou hikvision*", "zhejiang dahua*", "axis communications",
                                    "reolink*", "amcrest*", "foscam*", "vivotek*", "hanwha vision",
                                    "hanwha techwin", "arlo", "wyze*" } },
  { ROAD_DEVICE_CAMERA, .any = { 37777, 34567 } },
  { ROAD_DEVICE_CAMERA, .any = { 554 }, .also = { 80, 443, 8000, 8080, 8899 },
    .none = { 22, 53, 135, 445, 7000, 8009 } },

  /* Consoles. */
  { ROAD_DEVICE_CONSOLE, .vendor = { "nintendo", "sony interactive" } },

  /* Players: Google Cast (8008, 8009), Roku (8060), Sonos (1400), Samsung and LG's televisions. */
  { ROAD_DEVICE_MEDIA_PLAYER, .vendor = { "roku", "sonos", "bose", "vizio", "tcl*", "hisense*" } },
  { ROAD_DEVICE_MEDIA_PLAYER, .any = { 8009 }, .also = { 8008, 8443 }, .none = { 22 } },
  { ROAD_DEVICE_MEDIA_PLAYER, .any = { 8060 }, .none = { 22 } },
  { ROAD_DEVICE_MEDIA_PLAYER, .any = { 1400 }, .also = { 1443 } },
  { ROAD_DEVICE_MEDIA_PLAYER, .any = { 7678, 8001, 8002 }, .vendor = { "samsung electronics" } },
  { ROAD_DEVICE_MEDIA_PLAYER, .any = { 3000, 3001 }, .vendor = { "lg electronics", "lg innotek" } },
  { ROAD_DEVICE_MEDIA_PLAYER, .any = { 7000 }, .also = { 3689, 7100, 49152 },
    .none = { 22, 88, 445 } },

  /* Storage: file shares with the administration of Synology (5000) or QNAP (8080), or of a vendor of such. */
  { ROAD_DEVICE_STORAGE,
    .vendor = { "synology*", "qnap*", "asustor*", "terramaster*", "buffalo*" } },
  { ROAD_DEVICE_STORAGE, .any = { 139, 445, 548, 2049 },
    .vendor = { "western digital", "netgear", "seagate*", "drobo", "ixsystems" } },
  { ROAD_DEVICE_STORAGE, .any = { 5000, 5001 }, .also = { 445, 548, 2049 }, .none = { 88, 135 } },
  { ROAD_DEVICE_STORAGE, .any = { 548, 2049 }, .also = { 445 }, .none = { 88, 135, 3283, 5900 } },

  /* Routers: administration of MikroTik (8291), of providers (7547, TR-069); DNS or BGP with a web page. */
  { ROAD_DEVICE_ROUTER, .any = { 179, 7547, 8291 } },
  { ROAD_DEVICE_ROUTER, .vendor = { "routerboard*", "mikrotik*", "avm", "juniper*", "ubiquiti*",
                                    "aruba*", "ruckus*", "zyxel*", "draytek*", "fortinet" } },
  { ROAD_DEVICE_ROUTER, .any = { 22, 23, 53, 80, 443 },
    .vendor = { "cisco*", "tp-link*", "netgear", "d-link*", "linksys*", "sagemcom*", "arcadyan*",
                "technicolor*", "zte", "arris*" } },
  { ROAD_DEVICE_ROUTER, .any = { 53 }, .also = { 80, 443 }, .none = { 88, 389, 445 } },
  { ROAD_DEVICE_ROUTER, .says = { "openwrt", "routeros", "fritz!box", "luci", "cisco ios" } },

  /* Smart homes: Espressif's chips are in most cheap things; Tuya (6668), ESPHome (6053), Home Assistant (8123). */
  { ROAD_DEVICE_SMART_HOME,
    .vendor = { "espressif", "tuya*", "signify*", "philips lighting", "allterco*", "shelly*",
                "nest labs", "ecobee", "lumi united", "lifi labs", "sonoff*" } },
  { ROAD_DEVICE_SMART_HOME, .any = { 6053, 6668, 8123 } },

  /* Phones: 62078 is how iTunes reaches Apple’s. Their makers make other things, too, but these listen. */
  { ROAD_DEVICE_PHONE, .any = { 62078 } },
  { ROAD_DEVICE_PHONE, .none = { 22, 80, 135, 443, 445, 7000 },
    .vendor = { "oneplus*", "guangdong oppo", "vivo mobile", "huawei device", "motorola mobility",
                "xiaomi*", "hmd global", "fairphone*", "htc" } },

  /* Virtual machines and containers, by the addresses that their hosts give them: QEMU, Docker, Hyper-V. */
  { ROAD_DEVICE_VIRTUAL_MACHINE, .mac = { "52:54:00", "02:42:", "00:15:5D" } },
  { ROAD_DEVICE_VIRTUAL_MACHINE,
    .vendor = { "vmware", "pcs systemtechnik", "xensource", "parallels", "proxmox*", "nutanix" } },

  { ROAD_DEVICE_BOARD,
    .vendor = { "raspberry pi*", "beagleboard*", "arduino*", "xunlong*", "hardkernel*" } },

  /* Computers: RPC, remote desktop, remote management; a Mac has Kerberos, screen sharing or Remote Desktop. */
  { ROAD_DEVICE_WINDOWS, .any = { 135, 3389, 5985 } },
  { ROAD_DEVICE_WINDOWS, .says = { "microsoft windows", "windows" } },
  { ROAD_DEVICE_MAC, .any = { 22, 88, 445, 548, 3283, 5900, 7000 }, .vendor = { "apple" } },
  { ROAD_DEVICE_MAC, .any = { 88, 3283 }, .also = { 5900, 548 }, .none = { 389 } },

  /* Servers: mail, directories, databases, clusters; or a web page on a machine that is administered by SSH. */
  { ROAD_DEVICE_SERVER, .any = { 25, 110, 143, 389, 465, 587, 636, 993, 995 } },
  { ROAD_DEVICE_SERVER,
    .any = { 1433, 1521, 2379, 3306, 5432, 5672, 6379, 6443, 9092, 9200, 27017 } },
  { ROAD_DEVICE_SERVER, .any = { 22 }, .also = { 80, 443, 8080, 8443, 9090, 9100 } },
  { ROAD_DEVICE_SERVER, .vendor = { "supermicro*", "super micro*", "cavium" } },

  { ROAD_DEVICE_LINUX, .says = { "linux", "debian*", "ubuntu*", "fedora*" } },
  { ROAD_DEVICE_LINUX, .any = { 22 } },
};

/* What is known of a host, in lower case. */
typedef struct
{
  GArray *open;
  char *mac;
  char *vendor;
  GString *names;
  GString *says;
} Facts;

static void
add_text (GString *out, const char *text)
{
  if (text == NULL || out->len > MAX_TEXTS)
    return;

  /* A line end is no letter. */
  g_string_append_len (out, text, (gssize) strnlen (text, MAX_TEXT));
  g_string_append_c (out, '\n');
}

static void
facts_init (Facts *facts, RoadHost *host)
{
  const char *const *names = road_host_get_user_names (host);
  const guint n_notes = road_host_get_n_notes (host);
  RoadMac mac;

  *facts = (Facts){ .open = road_host_get_listed (host, TRUE),
                    .names = g_string_new (NULL),
                    .says = g_string_new (NULL) };
  if (road_host_get_mac (host, &mac))
    facts->mac = road_mac_to_string (&mac);
  facts->vendor = road_host_dup_vendor (host);
  if (facts->vendor != NULL)
    facts->vendor[strnlen (facts->vendor, MAX_TEXT)] = '\0';
  for (guint i = 0; names[i] != NULL; i++)
    add_text (facts->names, names[i]);
  add_text (facts->names, road_host_get_found_name (host));

  for (guint i = 0; i < facts->open->len; i++)
    {
      const guint16 port = g_array_index (facts->open, RoadPortResult, i).port;

      if (road_host_get_service (host, port) != NULL)
        add_text (facts->says, road_host_get_service_name (host, port));
      add_text (facts->says, road_host_get_version (host, port));
    }
  for (guint i = 0; i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (!g_str_equal (note->name, ROAD_NOTE_MAC) && !g_str_equal (note->name, ROAD_NOTE_REMARK))
        add_text (facts->says, note->text);
    }

  g_string_ascii_down (facts->names);
  g_string_ascii_down (facts->says);
}

static void
facts_clear (Facts *facts)
{
  g_array_unref (facts->open);
  g_free (facts->mac);
  g_free (facts->vendor);
  g_string_free (facts->names, TRUE);
  g_string_free (facts->says, TRUE);
}

static gboolean
is_open (const Facts *facts, const guint16 *ports)
{
  for (guint i = 0; i < MAX_PORTS && ports[i] != 0; i++)
    {
      for (guint j = 0; j < facts->open->len; j++)
        {
          if (g_array_index (facts->open, RoadPortResult, j).port == ports[i])
            return TRUE;
        }
    }

  return FALSE;
}

static gboolean
has_word (const char *text, const char *word)
{
  const gboolean is_prefix = g_str_has_suffix (word, "*");
  const gsize length = strlen (word) - is_prefix;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_strncasecmp (p, word, length) == 0 && (p == text || !g_ascii_isalpha (p[-1])) &&
          (is_prefix || !g_ascii_isalpha (p[length])))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_any (const char *text, const char *const *words)
{
  for (guint i = 0; text != NULL && i < MAX_WORDS && words[i] != NULL; i++)
    {
      if (has_word (text, words[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
begins_with_any (const char *text, const char *const *prefixes)
{
  for (guint i = 0; text != NULL && i < MAX_WORDS && prefixes[i] != NULL; i++)
    {
      if (g_str_has_prefix (text, prefixes[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
holds (const Rule *rule, const Facts *facts)
{
  return (rule->any[0] == 0 || is_open (facts, rule->any)) &&
         (rule->also[0] == 0 || is_open (facts, rule->also)) && !is_open (facts, rule->none) &&
         (rule->mac[0] == NULL || begins_with_any (facts->mac, rule->mac)) &&
         (rule->vendor[0] == NULL || has_any (facts->vendor, rule->vendor)) &&
         (rule->name[0] == NULL || has_any (facts->names->str, rule->name)) &&
         (rule->says[0] == NULL || has_any (facts->says->str, rule->says));
}

/**
 * road_device_kind_guess:
 * @host: a host
 *
 * Guesses the kind of device from open ports, vendor, names and what services say. It is not stored, so that a better
 * rule applies to old reports, too. Whoever shows it must say that it is a guess.
 *
 * Returns: the kind, or %ROAD_DEVICE_UNKNOWN
 */
RoadDeviceKind
road_device_kind_guess (RoadHost *host)
{
  RoadDeviceKind kind = ROAD_DEVICE_UNKNOWN;
  Facts facts;

  g_return_val_if_fail (ROAD_IS_HOST (host), ROAD_DEVICE_UNKNOWN);

  if (road_host_get_state (host) == ROAD_HOST_DOWN ||
      road_host_get_n_ports (host, ROAD_PORT_OPEN) > MAX_OPEN)
    return ROAD_DEVICE_UNKNOWN;

  facts_init (&facts, host);
  for (guint i = 0; i < G_N_ELEMENTS (rules) && kind == ROAD_DEVICE_UNKNOWN; i++)
    {
      if (holds (&rules[i], &facts))
        kind = rules[i].kind;
    }
  facts_clear (&facts);

  return kind;
}

/* Returns: (nullable): a word or two, in English; %NULL for %ROAD_DEVICE_UNKNOWN */
const char *
road_device_kind_get_name (RoadDeviceKind kind)
{
  static const char *const names[ROAD_N_DEVICE_KINDS] = {
    [ROAD_DEVICE_ROUTER] = "router",
    [ROAD_DEVICE_PRINTER] = "printer",
    [ROAD_DEVICE_STORAGE] = "network storage",
    [ROAD_DEVICE_CAMERA] = "camera",
    [ROAD_DEVICE_PHONE] = "phone or tablet",
    [ROAD_DEVICE_MEDIA_PLAYER] = "TV or media player",
    [ROAD_DEVICE_WINDOWS] = "Windows computer",
    [ROAD_DEVICE_MAC] = "Mac computer",
    [ROAD_DEVICE_LINUX] = "Linux computer",
    [ROAD_DEVICE_SERVER] = "server",
    [ROAD_DEVICE_VIRTUAL_MACHINE] = "virtual machine",
    [ROAD_DEVICE_BOARD] = "single-board computer",
    [ROAD_DEVICE_SMART_HOME] = "smart-home device",
    [ROAD_DEVICE_CONSOLE] = "game console",
  };

  g_return_val_if_fail (kind < ROAD_N_DEVICE_KINDS, NULL);

  return names[kind];
}
