/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-question.h"

#include <string.h>

#include "road-answer-parsers.h"

/* To add a protocol: a parser in a road-answer file, a line in one of the tables below, a case in
 * tests/unit/test-identify.c, a seed in tests/fuzz/corpus/answer/, and its bytes in data/doc/identify.md. A question
 * must change nothing on the other side, and must contain no password. */

#define BYTES(literal) (literal), sizeof (literal) - 1

/* PostgreSQL's manual, “Message Formats”: SSLRequest: the length 8 and the number 80877103. */
#define POSTGRESQL "\x00\x00\x00\x08\x04\xd2\x16\x2f"

/* MS-RDPBCGR, 2.2.1.1: TPKT, an X.224 connection request, and the protocols TLS and CredSSP. */
#define RDP                                                                                        \
  "\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00"                                                   \
  "\x01\x00\x08\x00\x03\x00\x00\x00"

/* MS-SMB2, 2.2.1.2 and 2.2.3: the length, the header of command 0 (NEGOTIATE), and the dialects 2.0.2, 2.1, 3.0 and
 * 3.0.2. */
#define SMB                                                                                        \
  "\x00\x00\x00\x6c"                                                                               \
  "\xfe\x53\x4d\x42\x40\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00"                               \
  "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"                               \
  "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"                               \
  "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"                               \
  "\x24\x00\x04\x00\x01\x00\x00\x00\x00\x00\x00\x00"                                               \
  "\x52\x6f\x61\x64\x73\x74\x65\x61\x64\x00\x00\x00\x00\x00\x00\x00"                               \
  "\x00\x00\x00\x00\x00\x00\x00\x00"                                                               \
  "\x02\x02\x10\x02\x00\x03\x02\x03"

/* RFC 1035, section 4: the length, the number “Rs”, one question: version.bind, TXT (16), CHAOS (3). */
#define DNS                                                                                        \
  "\x00\x1e\x52\x73\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00"                                       \
  "\x07version\x04"                                                                                \
  "bind\x00\x00\x10\x00\x03"

/* MQTT 3.1.1, sections 3.1 and 3.8: CONNECT with a clean session of 10 s and no name, then SUBSCRIBE to the broker's
 * version; the subscription ends with the connection. */
#define MQTT                                                                                       \
  "\x10\x0c\x00\x04MQTT\x04\x02\x00\x0a\x00\x00"                                                   \
  "\x82\x18\x00\x01\x00\x13$SYS/broker/version\x00"

/* RFC 6120, section 4.2: the header of a stream, which the service answers with its own. */
#define JABBER                                                                                     \
  "<?xml version='1.0'?><stream:stream to='%s' version='1.0' xmlns='jabber:client' "               \
  "xmlns:stream='http://etherx.jabber.org/streams'>"

/* RFC 9112, with HTTP/1.0, so that the answer is in one piece and ends with the connection. */
static const RoadQuestion usual = {
  "http",
  { 80, 591, 8000, 8008, 8080, 8081, 8888, 9090 },
  "GET / HTTP/1.0\r\nHost: %s\r\nUser-Agent: Roadstead\r\nAccept: */*\r\n\r\n",
  0,
};

static const RoadQuestion questions[] = {
  { "postgresql", { 5432, 5433 }, BYTES (POSTGRESQL) },
  { "rdp", { 3389 }, BYTES (RDP) },
  { "smb", { 445 }, BYTES (SMB) },
  { "dns", { 53 }, BYTES (DNS) },
  { "mqtt", { 1883, 8883 }, BYTES (MQTT) },
  /* Redis commands PING and INFO, https://redis.io/docs/reference/protocol-spec/ */
  { "redis", { 6379, 6380 }, BYTES ("PING\r\nINFO server\r\n") },
  /* memcached's protocol.txt */
  { "memcached", { 11211 }, BYTES ("version\r\n") },
  { "jabber", { 5222 }, JABBER, 0 },
  /* RFC 2326, section 10.1 */
  { "rtsp", { 554, 8554 }, "OPTIONS rtsp://%s/ RTSP/1.0\r\nCSeq: 1\r\n\r\n", 0 },
};

/* Ports on which TLS comes first: IANA's “over TLS”, and the usual ones of web interfaces. */
static const guint16 tls_ports[] = {
  443,  465,  636,  853,  989,  990,  992,  993,  994,  995,  2376,
  5061, 5223, 5671, 5986, 6443, 6514, 6697, 8443, 8883, 9443, 10443,
};

/* Among these a service says at once who it is: nothing is sent even with TLS, until it was silent. */
static const RoadAnswerParser parsers[] = {
  road_answer_parse_ssh,        road_answer_parse_http,  road_answer_parse_reply,
  road_answer_parse_pop3,       road_answer_parse_imap,  road_answer_parse_vnc,
  road_answer_parse_rsync,      road_answer_parse_redis, road_answer_parse_memcached,
  road_answer_parse_rtsp,       road_answer_parse_irc,   road_answer_parse_xmpp,
  road_answer_parse_telnet,     road_answer_parse_smb,   road_answer_parse_rdp,
  road_answer_parse_dns,        road_answer_parse_mqtt,  road_answer_parse_mysql,
  road_answer_parse_postgresql,
};

/* Returns: what is asked if a service is silent */
const RoadQuestion *
road_question_get_usual (void)
{
  return &usual;
}

guint
road_question_get_n (void)
{
  return G_N_ELEMENTS (questions) + 1;
}

/* Returns: one of all questions */
const RoadQuestion *
road_question_get_nth (guint n)
{
  g_return_val_if_fail (n < road_question_get_n (), NULL);

  return n < G_N_ELEMENTS (questions) ? &questions[n] : &usual;
}

/* Returns: (nullable): what is asked on @port without waiting for a greeting */
const RoadQuestion *
road_question_find (guint16 port)
{
  for (guint i = 0; i < road_question_get_n (); i++)
    {
      const RoadQuestion *question = road_question_get_nth (i);

      for (guint k = 0; k < G_N_ELEMENTS (question->ports) && question->ports[k] != 0; k++)
        {
          if (question->ports[k] == port)
            return question;
        }
    }

  return NULL;
}

/* Returns: whether a service on @port expects TLS at once */
gboolean
road_question_uses_tls (guint16 port)
{
  for (guint i = 0; i < G_N_ELEMENTS (tls_ports); i++)
    {
      if (tls_ports[i] == port)
        return TRUE;
    }

  return FALSE;
}

/**
 * road_question_make:
 * @host: the name or the address of whom it is asked; without characters that could end a line
 *
 * Returns: (transfer full): what is sent
 */
GBytes *
road_question_make (const RoadQuestion *self, const char *host)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *bracketed = NULL;
  char *text;

  g_return_val_if_fail (self != NULL && host != NULL, NULL);

  if (self->length > 0)
    return g_bytes_new_static (self->bytes, self->length);

  parts = g_strsplit (self->bytes, "%s", -1);
  /* RFC 3986, section 3.2.2. */
  bracketed = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  text = g_strjoinv (bracketed, parts);

  return g_bytes_new_take (text, strlen (text));
}

/**
 * road_question_parse_answer:
 * @bytes: (array length=length): what a service has said so far
 * @answer: empty; what is known of the service
 *
 * Returns: how far the protocol is known that it speaks
 */
RoadAnswerProgress
road_question_parse_answer (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  g_return_val_if_fail (bytes != NULL || length == 0, ROAD_ANSWER_FOREIGN);
  g_return_val_if_fail (answer != NULL, ROAD_ANSWER_FOREIGN);

  for (guint i = 0; length > 0 && i < G_N_ELEMENTS (parsers); i++)
    {
      RoadAnswerProgress progress = parsers[i](bytes, length, port, answer);

      if (progress != ROAD_ANSWER_FOREIGN)
        return progress;
      road_answer_clear (answer);
    }

  return ROAD_ANSWER_FOREIGN;
}
