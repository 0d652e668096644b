/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "road-answer-parsers.h"

/* Answers that are not text. Numbers are read only where their bytes are known to be there. */

static guint
get_16 (const char *bytes)
{
  const guchar *data = (const guchar *) bytes;

  return (guint) data[0] << 8 | data[1];
}

static guint
get_16_little (const char *bytes)
{
  const guchar *data = (const guchar *) bytes;

  return (guint) data[1] << 8 | data[0];
}

static guint
get_24_little (const char *bytes)
{
  return get_16_little (bytes) | (guint) (guchar) bytes[2] << 16;
}

static void
set_extra (RoadAnswer *answer, const char *text)
{
  road_answer_set_extra_info (answer, text, strlen (text));
}

/* “5.5.5-” stands before the versions of MariaDB, for old clients. */
static void
take_mysql_version (const char *text, gsize size, RoadAnswer *answer)
{
  static const char prefix[] = "5.5.5-";

  if (road_answer_find (text, size, "MariaDB") != NULL)
    {
      if (road_answer_starts_with (text, size, prefix))
        {
          text += strlen (prefix);
          size -= strlen (prefix);
        }
      road_answer_set_product (answer, "MariaDB");
    }
  else
    road_answer_set_product (answer, "MySQL");
  road_answer_set_version (answer, text, size);
}

/* MySQL's “Protocol::HandshakeV10”: a length of three bytes, a number of one byte, 10, and the version until a
 * zero. Or an error, which begins with 255 and has a number and a text. */
RoadAnswerProgress
road_answer_parse_mysql (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const char *text = bytes + 5;
  const char *end;

  if (length < 8 || bytes[3] != 0 || get_24_little (bytes) < 8 || get_24_little (bytes) > 1024)
    return ROAD_ANSWER_FOREIGN;

  if ((guchar) bytes[4] == 255)
    {
      /* 1129, 1130 and 1040: the host is blocked or not allowed, or there are too many. */
      const guint error = get_16_little (text);

      if (error < 1000 || error > 4200)
        return ROAD_ANSWER_FOREIGN;
      road_answer_set_name (answer, "mysql", ROAD_SERVICE_MAX_CONFIDENCE);
      set_extra (answer, "unauthorized");
      road_answer_add_note (answer, ROAD_NOTE_BANNER, bytes + 7, length - 7);
      return length >= 4 + get_24_little (bytes) ? ROAD_ANSWER_WHOLE : ROAD_ANSWER_PARTIAL;
    }

  if (bytes[4] != 10 || !g_ascii_isdigit (bytes[5]))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "mysql", ROAD_SERVICE_MAX_CONFIDENCE);
  end = memchr (text, 0, length - 5);
  if (end == NULL)
    return ROAD_ANSWER_PARTIAL;
  take_mysql_version (text, (gsize) (end - text), answer);

  return ROAD_ANSWER_WHOLE;
}

/* PostgreSQL's manual, “Message Flow”, “SSL Session Encryption”: one byte, S or N, or an error message. */
RoadAnswerProgress
road_answer_parse_postgresql (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  /* Others begin with these letters, too. */
  if (length == 1 && (port == 5432 || port == 5433) && (bytes[0] == 'S' || bytes[0] == 'N'))
    {
      road_answer_set_name (answer, "postgresql", 9);
      set_extra (answer, bytes[0] == 'S' ? ROAD_SERVICE_TLS : ROAD_SERVICE_NO_TLS);
      return ROAD_ANSWER_WHOLE;
    }

  /* An error: E, its length, and fields that begin with the severity. */
  if (length < 9 || bytes[0] != 'E' || bytes[1] != 0 || bytes[5] != 'S')
    return ROAD_ANSWER_FOREIGN;
  if (road_answer_find (bytes, length, "FATAL") == NULL)
    return ROAD_ANSWER_FOREIGN;
  road_answer_set_name (answer, "postgresql", 9);

  return ROAD_ANSWER_WHOLE;
}

/* MS-RDPBCGR, 2.2.1.2: TPKT (3, 0, length), X.224 connection confirm (0xd0), and perhaps what was negotiated:
 * 2 is an answer with the protocol, 3 a failure with a reason. */
RoadAnswerProgress
road_answer_parse_rdp (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  static const char *const protocols[] = { "standard security", "TLS",
                                           "network level authentication" };

  if (length < 11 || bytes[0] != 3 || bytes[1] != 0 || (guchar) bytes[5] != 0xd0 ||
      get_16 (bytes + 2) < 11)
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "ms-wbt-server", ROAD_SERVICE_MAX_CONFIDENCE);
  if (length < 19)
    return get_16 (bytes + 2) < 19 ? ROAD_ANSWER_WHOLE : ROAD_ANSWER_PARTIAL;
  if (bytes[11] == 2 && (guchar) bytes[15] < G_N_ELEMENTS (protocols))
    set_extra (answer, protocols[(guchar) bytes[15]]);

  return ROAD_ANSWER_WHOLE;
}

/* MS-SMB2, 2.2.1 and 2.2.4: four bytes of length, the header (0xfe S M B, 64 bytes), and the answer with the
 * dialect. */
RoadAnswerProgress
road_answer_parse_smb (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const char *header = bytes + 4;
  const char *body = header + 64;
  g_autofree char *extra = NULL;
  guint dialect;

  if (length < 12 || bytes[0] != 0 ||
      (memcmp (header, "\xfeSMB", 4) != 0 && memcmp (header, "\xffSMB", 4) != 0))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "microsoft-ds", ROAD_SERVICE_MAX_CONFIDENCE);
  if (header[0] == '\xff')
    {
      set_extra (answer, "SMB 1");
      return ROAD_ANSWER_WHOLE;
    }
  if (length < 4 + 64 + 6)
    return ROAD_ANSWER_PARTIAL;

  /* The status has to be success: then the structure's size is 65. */
  if (get_16_little (body) != 65)
    return ROAD_ANSWER_WHOLE;
  dialect = get_16_little (body + 4);
  extra = g_strdup_printf ("SMB %u.%u.%u, signing %s", dialect >> 8, dialect >> 4 & 15,
                           dialect & 15, body[2] & 2 ? "required" : "not required");
  set_extra (answer, extra);

  return ROAD_ANSWER_WHOLE;
}

/* Skips a name, RFC 1035, section 4.1.4.
 * Returns: the position after it; 0 if it does not end in the message */
static gsize
skip_dns_name (const char *message, gsize length, gsize position)
{
  while (position < length)
    {
      const guchar size = (guchar) message[position];

      if (size == 0)
        return position + 1;
      if (size >= 0xc0)
        return position + 2;
      position += size + 1u;
    }

  return 0;
}

static void
take_dns_version (const char *text, gsize size, RoadAnswer *answer)
{
  static const struct
  {
    const char *prefix;
    const char *product;
  } programs[] = {
    { "dnsmasq-", "dnsmasq" },
    { "unbound ", "Unbound" },
    { "PowerDNS Authoritative Server ", "PowerDNS Authoritative Server" },
    { "PowerDNS Recursor ", "PowerDNS Recursor" },
    { "Knot DNS ", "Knot DNS" },
    { "NSD ", "NLnet Labs NSD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      const gsize prefix = strlen (programs[i].prefix);

      if (!road_answer_starts_with (text, size, programs[i].prefix))
        continue;
      road_answer_set_product (answer, programs[i].product);
      road_answer_set_version (answer, text + prefix, size - prefix);
      return;
    }

  if (size > 2 && text[0] == '9' && text[1] == '.')
    road_answer_set_product (answer, "ISC BIND");
  road_answer_set_version (answer, text, size);
}

/* RFC 1035, sections 4.2.2 and 4.1: two bytes of length, and a message that is an answer to ours. */
RoadAnswerProgress
road_answer_parse_dns (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const char *message = bytes + 2;
  gsize size, position;

  if (length < 14)
    return ROAD_ANSWER_FOREIGN;
  size = MIN (get_16 (bytes), length - 2);
  if (get_16 (bytes) < 12 || memcmp (message, "Rs", 2) != 0 || !(message[2] & 0x80) ||
      get_16 (message + 4) > 1)
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "domain", ROAD_SERVICE_MAX_CONFIDENCE);
  if (length - 2 < get_16 (bytes))
    return ROAD_ANSWER_PARTIAL;
  if ((message[3] & 15) != 0 || get_16 (message + 6) == 0)
    return ROAD_ANSWER_WHOLE;

  position = 12;
  if (get_16 (message + 4) == 1)
    {
      position = skip_dns_name (message, size, position);
      if (position == 0 || position + 4 > size)
        return ROAD_ANSWER_WHOLE;
      position += 4;
    }
  position = skip_dns_name (message, size, position);
  /* Type, class, time to live, length, and the length of the first text. */
  if (position == 0 || position + 11 > size || get_16 (message + position) != 16)
    return ROAD_ANSWER_WHOLE;
  position += 10;
  if (position + 1u + (guchar) message[position] <= size)
    take_dns_version (message + position + 1, (guchar) message[position], answer);

  return ROAD_ANSWER_WHOLE;
}

/* MQTT 3.1.1, sections 3.2 and 3.3: CONNACK (0x20, 2, flags, code), then perhaps SUBACK and PUBLISH with the version
 * that mosquitto and others publish. */
RoadAnswerProgress
road_answer_parse_mqtt (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  static const char *const refusals[] = { NULL,
                                          "protocol version refused",
                                          "client refused",
                                          "server unavailable",
                                          "bad user name or password",
                                          "not authorized" };
  static const char topic[] = "$SYS/broker/version";
  const char *found;
  gsize size;

  if (length < 4 || bytes[0] != 0x20 || bytes[1] != 2 || (guchar) bytes[2] > 1 ||
      (guchar) bytes[3] >= G_N_ELEMENTS (refusals))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "mqtt", ROAD_SERVICE_MAX_CONFIDENCE);
  if (bytes[3] != 0)
    {
      set_extra (answer, refusals[(guchar) bytes[3]]);
      return ROAD_ANSWER_WHOLE;
    }

  found = road_answer_find (bytes, length, topic);
  if (found == NULL)
    return ROAD_ANSWER_PARTIAL;
  found += strlen (topic);
  size = length - (gsize) (found - bytes);
  if (road_answer_starts_with (found, size, "mosquitto version "))
    {
      road_answer_set_product (answer, "mosquitto");
      found += strlen ("mosquitto version ");
      size -= strlen ("mosquitto version ");
      size = road_answer_measure_version (found, size);
    }
  road_answer_set_version (answer, found, size);

  return ROAD_ANSWER_WHOLE;
}
