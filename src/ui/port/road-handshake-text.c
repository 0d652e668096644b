/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-handshake-text.h"

#include <glib/gi18n.h>

/* A handshake in words: the equivalent of its picture. */

/* Returns: (transfer full): a time with three significant digits: "0 ms", "0.40 ms", "12.4 ms", "1.00 s" */
char *
road_handshake_text_time (gint64 time_us)
{
  const double ms = (double) time_us / 1000;

  if (time_us <= 0)
    /* Translators: milliseconds */
    return g_strdup (_ ("0 ms"));

  if (ms < 9.995)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%.2f ms"), MAX (ms, 0.01));

  if (ms < 99.95)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%.1f ms"), ms);

  if (ms < 999.5)
    /* Translators: milliseconds */
    return g_strdup_printf (_ ("%.0f ms"), ms);

  /* Translators: seconds */
  return g_strdup_printf (_ ("%.2f s"), ms / 1000);
}

/* Returns: the kind of a packet as people who know TCP write it; not translated */
const char *
road_handshake_text_packet (RoadPacketKind kind)
{
  static const char *const names[] = {
    [ROAD_PACKET_SYN] = "SYN", [ROAD_PACKET_SYN_ACK] = "SYN-ACK", [ROAD_PACKET_ACK] = "ACK",
    [ROAD_PACKET_RST] = "RST", [ROAD_PACKET_ICMP] = "ICMP",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}

/* @host: the host's name. Returns: (transfer full): what happened to a packet: "SYN sent, no reply" */
static char *
describe_event (const RoadHandshake *self, const RoadPacket *packet, const char *host)
{
  const char *name = road_handshake_text_packet (packet->kind);
  g_autofree char *router = NULL;

  if (packet->lost && self->ended)
    /* Translators: a packet such as SYN */
    return g_strdup_printf (_ ("%s sent, no reply"), name);

  if (packet->lost && packet != &g_array_index (self->packets, RoadPacket, self->packets->len - 1))
    return g_strdup_printf (_ ("%s sent, no reply"), name);

  if (!packet->incoming)
    /* Translators: a packet such as SYN */
    return g_strdup_printf (_ ("%s sent"), name);

  if (packet->kind != ROAD_PACKET_ICMP)
    /* Translators: a packet such as SYN-ACK, and the host it comes from */
    return g_strdup_printf (_ ("%s received from %s"), name, host);

  if (!self->has_router)
    /* Translators: a host */
    return g_strdup_printf (_ ("ICMP error received from %s"), host);

  if (self->router.length == 0)
    return g_strdup (_ ("ICMP error received from a router or firewall"));

  router = road_address_to_string (&self->router);

  return g_strdup_printf (_ ("ICMP error received from %s"), router);
}

static void
append_event (GString *text, const RoadHandshake *self, const RoadPacket *packet, const char *host)
{
  const gboolean has_time = !(self->inferred & ROAD_INFERRED_NO_TIME);
  g_autofree char *event = describe_event (self, packet, host);
  g_autofree char *time =
      road_handshake_text_time (packet->incoming ? packet->arrived_us : packet->sent_us);

  g_string_append_c (text, '\n');
  if (!has_time)
    g_string_append (text, event);
  else if (packet->measured)
    /* Translators: a time, and what happened then: "12.4 ms: SYN-ACK received from nas.lan" */
    g_string_append_printf (text, C_ ("handshake", "%s: %s"), time, event);
  else
    /* Translators: a time that was not measured, and what happened then: "about 12.4 ms: ACK sent" */
    g_string_append_printf (text, _ ("about %s: %s"), time, event);
}

static char *
describe_ends (const RoadHandshake *self, const char *host)
{
  if (self->local_port != 0)
    /* Translators: what follows is a list of packets */
    return g_strdup_printf (_ ("Packets between this computer, port %d, and %s, port %d:"),
                            self->local_port, host, self->port);

  if (self->port != 0)
    /* Translators: what follows is a list of packets */
    return g_strdup_printf (_ ("Packets between this computer and %s, port %d:"), host, self->port);

  /* Translators: what follows is a list of packets */
  return g_strdup_printf (_ ("Packets between this computer and %s:"), host);
}

/**
 * road_handshake_text_describe:
 * @host: the host's name
 *
 * Returns: (transfer full): all that the picture shows, one event a line
 */
char *
road_handshake_text_describe (const RoadHandshake *self, const char *host)
{
  g_autofree char *ends = NULL;
  g_autofree char *remark = NULL;
  GString *text;

  g_return_val_if_fail (self != NULL && host != NULL, NULL);

  ends = describe_ends (self, host);
  remark = road_handshake_text_remark (self);
  text = g_string_new (ends);
  for (guint i = 0; i < self->packets->len; i++)
    append_event (text, self, &g_array_index (self->packets, RoadPacket, i), host);

  if (self->gave_up_us > 0)
    {
      g_autofree char *time = road_handshake_text_time (self->gave_up_us);

      /* Translators: a time, at which this computer stopped waiting for a reply */
      g_string_append_printf (text, _ ("\n%s: gave up"), time);
    }
  if (*remark != '\0')
    g_string_append_printf (text, "\n%s", remark);

  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): what is not as it was measured, in one or two sentences */
char *
road_handshake_text_remark (const RoadHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->failed_here)
    return g_strdup (_ ("No SYN left this computer."));

  if (!self->ended)
    return g_strdup (_ ("Waiting for a reply…"));

  if (self->inferred & ROAD_INFERRED_COUNT)
    return g_strdup (
        _ ("Inferred, not to scale: how often and how long the port was tried is not recorded."));

  if (self->inferred & ROAD_INFERRED_NO_TIME)
    return g_strdup (_ ("Inferred from the port’s state, not to scale: no times are recorded."));

  if (self->inferred & ROAD_INFERRED_TIMES)
    return g_strdup (_ ("The number of attempts and the time in all were measured; the times of "
                        "the SYNs are inferred."));

  if (self->inferred & ROAD_INFERRED_REPLY)
    return g_strdup (_ ("The time of the reply is inferred from other replies of the host."));

  if (self->packets->len > 0)
    return g_strdup (_ ("Solid lines were measured, dashed ones are inferred."));

  return g_strdup ("");
}
