/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-xml-host-writer.h"

#include <string.h>

#include "formats/road-ignored-ports.h"
#include "formats/road-report-words.h"
#include "road-xml-tag.h"

/* A host in nmap's XML. One that was not finished is what nmap calls timed out, whether or not that is
 * why. Its “comment” says what nmap's document type has no place for: how far it came, and the other addresses of its name.
 * Those must not be “address” elements: a reader would take them for scanned, and Nmap::Parser even
 * name the host after the last. Lost are the round-trip time of each port and who sent the errors of
 * the ports that are only counted. */

#define TUNNEL_PREFIX "ssl/"

static void
add_comment (GString *out, RoadReport *report, RoadHost *host)
{
  const char *const *others = road_host_get_other_addresses (host);
  g_autoptr (GString) comment = g_string_new (NULL);

  if (!road_host_get_done (host))
    {
      road_xml_add_text (out, "timedout", "true");
      road_words_append_progress (comment, report, host);
    }
  if (others != NULL && others[0] != NULL)
    {
      g_autofree char *list = g_strjoinv (" ", (char **) others);

      g_string_append_printf (comment, "%s" ROAD_XML_OTHER_ADDRESSES "%s",
                              comment->len > 0 ? "; " : "", list);
    }

  if (comment->len > 0)
    road_xml_add_text (out, "comment", comment->str);
}

static void
append_status (GString *out, RoadHost *host)
{
  g_string_append (out, "<status");
  road_xml_add_text (out, "state", road_host_state_to_string (road_host_get_state (host)));
  road_xml_add_text (out, "reason", road_reason_to_string (road_host_get_reason (host)));
  g_string_append (out, " reason_ttl=\"0\"/>\n");
}

static void
append_address (GString *out, RoadHost *host)
{
  g_string_append (out, "<address");
  road_xml_add_text (out, "addr", road_host_get_address_string (host));
  road_xml_add_text (out, "addrtype", road_host_get_address (host)->length == 4 ? "ipv4" : "ipv6");
  g_string_append (out, "/>\n");
}

static void
append_name (GString *out, const char *name, const char *type)
{
  if (name == NULL)
    return;

  g_string_append (out, "<hostname");
  road_xml_add_text (out, "name", name);
  road_xml_add_text (out, "type", type);
  g_string_append (out, "/>\n");
}

static void
append_script (GString *out, const RoadNote *note)
{
  g_string_append (out, "<script");
  road_xml_add_text (out, "id", note->name);
  road_xml_add_text (out, "output", note->text);
  g_string_append (out, "/>");
}

/* “AA:BB:CC:00:11:22 (Vendor)” */
static void
append_mac (GString *out, const char *text)
{
  const char *vendor = strstr (text, " (");
  const gsize length = strlen (text);

  g_string_append (out, "<address");
  if (vendor != NULL && text[length - 1] == ')')
    {
      g_autofree char *address = g_strndup (text, (gsize) (vendor - text));
      g_autofree char *name = g_strndup (vendor + 2, length - (gsize) (vendor - text) - 3);

      road_xml_add_text (out, "addr", address);
      road_xml_add_text (out, "addrtype", "mac");
      road_xml_add_text (out, "vendor", name);
    }
  else
    {
      road_xml_add_text (out, "addr", text);
      road_xml_add_text (out, "addrtype", "mac");
    }
  g_string_append (out, "/>\n");
}

/* How sure it is was not kept, and the document type wants a number. */
static void
append_system (GString *out, const char *name)
{
  g_string_append (out, "<osmatch");
  road_xml_add_text (out, "name", name);
  g_string_append (out, " accuracy=\"100\" line=\"0\"/>\n");
}

static void
append_value (GString *out, const char *element, const char *attribute, const char *value)
{
  g_string_append_printf (out, "<%s", element);
  road_xml_add_text (out, attribute, value);
  g_string_append (out, "/>\n");
}

/* Those notes about the whole host that are called @name, or scripts where that is %NULL. */
static GPtrArray *
get_host_notes (RoadHost *host, const char *name)
{
  static const char *const known[] = { ROAD_NOTE_MAC, ROAD_NOTE_OS, ROAD_NOTE_UPTIME,
                                       ROAD_NOTE_DISTANCE, NULL };
  GPtrArray *notes = g_ptr_array_new ();

  for (guint i = 0; i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port == ROAD_NOTE_HOST &&
          (name != NULL ? g_str_equal (note->name, name) : !g_strv_contains (known, note->name)))
        g_ptr_array_add (notes, (gpointer) note);
    }

  return notes;
}

static void
append_hardware (GString *out, RoadHost *host)
{
  g_autoptr (GPtrArray) notes = get_host_notes (host, ROAD_NOTE_MAC);

  for (guint i = 0; i < notes->len; i++)
    append_mac (out, ((const RoadNote *) g_ptr_array_index (notes, i))->text);
}

static void
append_notes (GString *out, RoadHost *host)
{
  g_autoptr (GPtrArray) systems = get_host_notes (host, ROAD_NOTE_OS);
  g_autoptr (GPtrArray) uptimes = get_host_notes (host, ROAD_NOTE_UPTIME);
  g_autoptr (GPtrArray) distances = get_host_notes (host, ROAD_NOTE_DISTANCE);
  g_autoptr (GPtrArray) scripts = get_host_notes (host, NULL);

  if (systems->len > 0)
    {
      g_string_append (out, "<os>");
      for (guint i = 0; i < systems->len; i++)
        append_system (out, ((const RoadNote *) g_ptr_array_index (systems, i))->text);
      g_string_append (out, "</os>\n");
    }
  for (guint i = 0; i < uptimes->len; i++)
    append_value (out, "uptime", "seconds",
                  ((const RoadNote *) g_ptr_array_index (uptimes, i))->text);
  for (guint i = 0; i < distances->len; i++)
    append_value (out, "distance", "value",
                  ((const RoadNote *) g_ptr_array_index (distances, i))->text);
  if (scripts->len > 0)
    {
      g_string_append (out, "<hostscript>");
      for (guint i = 0; i < scripts->len; i++)
        append_script (out, g_ptr_array_index (scripts, i));
      g_string_append (out, "</hostscript>\n");
    }
}

static void
append_ignored (GString *out, RoadHost *host, gboolean open_only)
{
  g_autoptr (GArray) ignored = road_ignored_ports_new (host, open_only);

  for (guint i = 0; i < ignored->len; i++)
    {
      const RoadIgnoredPorts *each = &g_array_index (ignored, RoadIgnoredPorts, i);
      const gboolean is_first = i == 0 || each[-1].state != each->state;
      const gboolean is_last = i + 1 == ignored->len || each[1].state != each->state;
      g_autofree char *ports = road_port_set_to_string (each->ports);

      if (is_first)
        {
          g_string_append (out, "<extraports");
          road_xml_add_text (out, "state", road_port_state_to_string (each->state));
          road_xml_add_integer (out, "count", each->n_ports_of_state);
          g_string_append (out, ">\n");
        }
      g_string_append (out, "<extrareasons");
      road_xml_add_text (out, "reason", road_reason_to_string (each->reason));
      road_xml_add_integer (out, "count", road_port_set_get_n_ports (each->ports));
      road_xml_add_text (out, "proto", "tcp");
      road_xml_add_text (out, "ports", ports);
      g_string_append (out, "/>\n");
      if (is_last)
        g_string_append (out, "</extraports>\n");
    }
}

/* nmap's “table” says that the name is what the number usually means, and its “conf” 3 that this is
 * not much. */
static void
append_service (GString *out, RoadHost *host, guint16 port)
{
  const RoadService *found = road_host_get_service (host, port);
  const char *name = road_host_get_service_name (host, port);
  gboolean is_found = found != NULL && (found->name != NULL || found->version != NULL);
  gboolean has_tunnel;

  if (name == NULL && !is_found)
    return;

  name = name != NULL ? name : "unknown";
  has_tunnel = g_str_has_prefix (name, TUNNEL_PREFIX);
  g_string_append (out, "<service");
  road_xml_add_text (out, "name", has_tunnel ? name + strlen (TUNNEL_PREFIX) : name);
  if (is_found && found->version != NULL)
    road_xml_add_text (out, "product", found->version);
  if (has_tunnel)
    road_xml_add_text (out, "tunnel", "ssl");
  road_xml_add_text (out, "method", is_found ? "probed" : "table");
  road_xml_add_integer (out, "conf", is_found ? 10 : 3);
  g_string_append (out, "/>");
}

static void
append_port_notes (GString *out, RoadHost *host, guint16 port)
{
  const guint n_notes = road_host_get_n_notes (host);

  for (guint i = road_host_find_note (host, port); i < n_notes; i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      append_script (out, note);
    }
}

static void
append_port (GString *out, RoadHost *host, const RoadPortResult *result)
{
  g_string_append (out, "<port protocol=\"tcp\"");
  road_xml_add_integer (out, "portid", result->port);
  g_string_append (out, "><state");
  road_xml_add_text (out, "state", road_port_state_to_string ((RoadPortState) result->state));
  road_xml_add_text (out, "reason", road_reason_to_string ((RoadReason) result->reason));
  g_string_append (out, " reason_ttl=\"0\"");
  if (result->reason_from.length != 0)
    {
      g_autofree char *from = road_address_to_string (&result->reason_from);

      road_xml_add_text (out, "reason_ip", from);
    }
  g_string_append (out, "/>");
  append_service (out, host, result->port);
  append_port_notes (out, host, result->port);
  g_string_append (out, "</port>\n");
}

static void
append_ports (GString *out, RoadHost *host, gboolean open_only)
{
  g_autoptr (GArray) listed = road_host_get_listed (host, open_only);

  g_string_append (out, "<ports>");
  append_ignored (out, host, open_only);
  for (guint i = 0; i < listed->len; i++)
    append_port (out, host, &g_array_index (listed, RoadPortResult, i));
  g_string_append (out, "</ports>\n");
}

/* One measurement of the round trip is known, and what RFC 6298, 2.2 makes of one is its variation
 * and the deadline, all in µs. */
static void
append_times (GString *out, guint latency_us)
{
  if (latency_us == 0)
    return;

  g_string_append (out, "<times");
  road_xml_add_integer (out, "srtt", latency_us);
  road_xml_add_integer (out, "rttvar", latency_us / 2);
  road_xml_add_integer (out, "to", latency_us + 4 * (gint64) (latency_us / 2));
  g_string_append (out, "/>\n");
}

/**
 * road_xml_append_host:
 * @out: where to append
 * @report: a report
 * @host: one of its hosts
 *
 * Appends a “host” element of nmap's XML.
 */
void
road_xml_append_host (GString *out, RoadReport *report, RoadHost *host)
{
  const gboolean open_only = road_report_get_profile (report)->open_only;
  const char *const *user_names;

  g_return_if_fail (out != NULL);
  g_return_if_fail (ROAD_IS_REPORT (report));
  g_return_if_fail (ROAD_IS_HOST (host));

  user_names = road_host_get_user_names (host);

  g_string_append (out, "<host");
  add_comment (out, report, host);
  g_string_append_c (out, '>');
  append_status (out, host);
  append_address (out, host);
  append_hardware (out, host);
  g_string_append (out, "<hostnames>\n");
  for (guint i = 0; user_names[i] != NULL; i++)
    append_name (out, user_names[i], "user");
  append_name (out, road_host_get_ptr_name (host), "PTR");
  g_string_append (out, "</hostnames>\n");

  if (road_host_get_n_groups (host) > 0)
    append_ports (out, host, open_only);
  append_notes (out, host);
  append_times (out, road_host_get_latency (host));
  g_string_append (out, "</host>\n");
}
