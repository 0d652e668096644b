/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-packet.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/ip_icmp.h>
#include <netinet/tcp.h>
#include <string.h>

#define IP_HEADER_SIZE 20
#define IP6_HEADER_SIZE 40
#define TCP_HEADER_SIZE 20
#define ICMP_HEADER_SIZE 8
#define TTL 61 /* as from a few hops away */
#define WINDOW 64240

/* What still fits into an ICMP error of ours; RFC 792 wants the IP header and 64 bits of the
 * original packet, RFC 1812 and 4443 as much as possible. */
#define MAX_QUOTED (SIM_PACKET_MAX - IP6_HEADER_SIZE - ICMP_HEADER_SIZE)

/* Numbers in packets need not be aligned. */

static guint16
get16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

static guint32
get32 (const guint8 *bytes)
{
  return (guint32) get16 (bytes) << 16 | get16 (bytes + 2);
}

static void
put16 (guint8 *bytes, guint value)
{
  bytes[0] = (guint8) (value >> 8);
  bytes[1] = (guint8) value;
}

static void
put32 (guint8 *bytes, guint32 value)
{
  put16 (bytes, value >> 16);
  put16 (bytes + 2, value & 0xffff);
}

/* The Internet checksum (RFC 1071). */

static guint32
sum_words (guint32 sum, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i + 1 < length; i += 2)
    sum += get16 (bytes + i);
  if (length % 2 != 0)
    sum += (guint32) bytes[length - 1] << 8;

  return sum;
}

static guint
finish_sum (guint32 sum)
{
  while (sum >> 16 != 0)
    sum = (sum & 0xffff) + (sum >> 16);

  return ~sum & 0xffff;
}

/* With the pseudo header of RFC 9293 section 3.1 and RFC 8200 section 8.1. */
static guint
checksum_with_addresses (const SimAddress *from,
                         const SimAddress *to,
                         guint8 protocol,
                         const guint8 *payload,
                         gsize length)
{
  guint32 sum = sum_words (0, from->bytes, from->length);

  sum = sum_words (sum, to->bytes, to->length);
  sum += (guint32) protocol + (guint32) length;

  return finish_sum (sum_words (sum, payload, length));
}

/* The place and size of the transport header; 0 for what is not TCP. */
static gsize
parse_ip (SimSegment *segment, const guint8 *packet, gsize *length)
{
  if (*length >= IP_HEADER_SIZE && packet[0] >> 4 == 4)
    {
      gsize header_size = (packet[0] & 0xf) * 4u;

      if (packet[9] != IPPROTO_TCP || (get16 (packet + 6) & (IP_MF | IP_OFFMASK)) != 0)
        return 0;

      segment->from.length = segment->to.length = 4;
      memcpy (segment->from.bytes, packet + 12, 4);
      memcpy (segment->to.bytes, packet + 16, 4);
      *length = MIN (*length, get16 (packet + 2));

      return header_size;
    }

  if (*length >= IP6_HEADER_SIZE && packet[0] >> 4 == 6)
    {
      if (packet[6] != IPPROTO_TCP)
        return 0;

      segment->from.length = segment->to.length = 16;
      memcpy (segment->from.bytes, packet + 8, 16);
      memcpy (segment->to.bytes, packet + 24, 16);

      return IP6_HEADER_SIZE;
    }

  return 0;
}

/**
 * sim_packet_parse:
 * @segment: (out): what it says
 * @packet: an IP packet
 * @length: its length
 *
 * Returns: %FALSE if it is no TCP segment
 */
gboolean
sim_packet_parse (SimSegment *segment, const guint8 *packet, gsize length)
{
  gsize offset = parse_ip (segment, packet, &length);
  const guint8 *tcp = packet + offset;
  gsize header_size;

  if (offset == 0 || length < offset + TCP_HEADER_SIZE)
    return FALSE;

  header_size = (tcp[12] >> 4) * 4u;
  if (header_size < TCP_HEADER_SIZE || length < offset + header_size)
    return FALSE;

  segment->from_port = get16 (tcp);
  segment->to_port = get16 (tcp + 2);
  segment->seq = get32 (tcp + 4);
  segment->ack = get32 (tcp + 8);
  segment->flags = tcp[13];
  segment->n_data = (guint) (length - offset - header_size);

  return TRUE;
}

/* Writes the IP header; what is in it must be there already. Returns the packet's size. */
static guint
finish_ip (guint8 *packet,
           const SimAddress *from,
           const SimAddress *to,
           guint8 protocol,
           gsize payload_size)
{
  if (from->length == 4)
    {
      guint size = (guint) (IP_HEADER_SIZE + payload_size);

      memset (packet, 0, IP_HEADER_SIZE);
      packet[0] = 0x45;
      put16 (packet + 2, size);
      put16 (packet + 6, IP_DF);
      packet[8] = TTL;
      packet[9] = protocol;
      memcpy (packet + 12, from->bytes, 4);
      memcpy (packet + 16, to->bytes, 4);
      put16 (packet + 10, finish_sum (sum_words (0, packet, IP_HEADER_SIZE)));

      return size;
    }

  memset (packet, 0, IP6_HEADER_SIZE);
  packet[0] = 0x60;
  put16 (packet + 4, (guint) payload_size);
  packet[6] = protocol;
  packet[7] = TTL;
  memcpy (packet + 8, from->bytes, 16);
  memcpy (packet + 24, to->bytes, 16);

  return (guint) (IP6_HEADER_SIZE + payload_size);
}

static gsize
get_ip_size (const SimAddress *address)
{
  return address->length == 4 ? IP_HEADER_SIZE : IP6_HEADER_SIZE;
}

static guint
make_tcp (guint8 *packet,
          const SimSegment *answered,
          guint32 seq,
          guint32 ack,
          guint8 flags,
          const guint8 *options,
          gsize n_options)
{
  guint8 *tcp = packet + get_ip_size (&answered->to);
  gsize size = TCP_HEADER_SIZE + n_options;

  memset (tcp, 0, TCP_HEADER_SIZE);
  put16 (tcp, answered->to_port);
  put16 (tcp + 2, answered->from_port);
  put32 (tcp + 4, seq);
  put32 (tcp + 8, ack);
  tcp[12] = (guint8) (size / 4 << 4);
  tcp[13] = flags;
  put16 (tcp + 14, flags & TH_RST ? 0 : WINDOW);
  if (n_options > 0)
    memcpy (tcp + TCP_HEADER_SIZE, options, n_options);
  put16 (tcp + 16,
         checksum_with_addresses (&answered->to, &answered->from, IPPROTO_TCP, tcp, size));

  return finish_ip (packet, &answered->to, &answered->from, IPPROTO_TCP, size);
}

/**
 * sim_packet_make_syn_ack:
 * @packet: (out): room for %SIM_PACKET_MAX bytes
 * @syn: the SYN that is answered
 * @isn: our first sequence number
 *
 * Returns: the packet's size
 */
guint
sim_packet_make_syn_ack (guint8 *packet, const SimSegment *syn, guint32 isn)
{
  guint8 options[TCPOLEN_MAXSEG] = { TCPOPT_MAXSEG, TCPOLEN_MAXSEG };

  put16 (options + 2, syn->to.length == 4 ? 1460 : 1440);

  return make_tcp (packet, syn, isn, syn->seq + 1, TH_SYN | TH_ACK, options, sizeof options);
}

/**
 * sim_packet_make_refusal:
 * @packet: (out): room for %SIM_PACKET_MAX bytes
 * @syn: the SYN that is answered
 *
 * Makes the RST of a closed port (RFC 9293 section 3.5.2, group 1).
 *
 * Returns: the packet's size
 */
guint
sim_packet_make_refusal (guint8 *packet, const SimSegment *syn)
{
  return make_tcp (packet, syn, 0, syn->seq + 1 + syn->n_data, TH_RST | TH_ACK, NULL, 0);
}

/**
 * sim_packet_make_reset:
 * @packet: (out): room for %SIM_PACKET_MAX bytes
 * @segment: a segment of a connection, with an ACK
 *
 * Makes the RST that breaks a connection off.
 *
 * Returns: the packet's size
 */
guint
sim_packet_make_reset (guint8 *packet, const SimSegment *segment)
{
  return make_tcp (packet, segment, segment->ack, 0, TH_RST, NULL, 0);
}

/**
 * sim_packet_make_icmp:
 * @packet: (out): room for %SIM_PACKET_MAX bytes
 * @rejection: which error
 * @from: who sends it
 * @syn: the SYN that is answered
 * @original: the packet that the SYN was in, to be quoted
 * @length: its length
 *
 * Returns: the packet's size
 */
guint
sim_packet_make_icmp (guint8 *packet,
                      const SimRejection *rejection,
                      const SimAddress *from,
                      const SimSegment *syn,
                      const guint8 *original,
                      gsize length)
{
  guint8 *icmp = packet + get_ip_size (from);
  gsize n_quoted = MIN (length, MAX_QUOTED);
  gsize size = ICMP_HEADER_SIZE + n_quoted;
  gboolean ipv6 = from->length != 4;

  memset (icmp, 0, ICMP_HEADER_SIZE);
  icmp[0] = ipv6 ? rejection->type6 : rejection->type;
  icmp[1] = ipv6 ? rejection->code6 : rejection->code;
  memcpy (icmp + ICMP_HEADER_SIZE, original, n_quoted);
  if (ipv6)
    put16 (icmp + 2, checksum_with_addresses (from, &syn->from, IPPROTO_ICMPV6, icmp, size));
  else
    put16 (icmp + 2, finish_sum (sum_words (0, icmp, size)));

  return finish_ip (packet, from, &syn->from, ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP, size);
}
