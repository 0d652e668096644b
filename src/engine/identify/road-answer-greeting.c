/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "road-answer-parsers.h"

/* Greetings in lines of text. */

/* A program that names itself in a greeting, and what it is called. */
typedef struct
{
  const char *word;
  const char *product; /* as nmap calls it */
  const char *name;    /* (nullable): the service, if the greeting does not say it otherwise */
} Program;

static const Program reply_programs[] = {
  { "vsFTPd", "vsftpd", "ftp" },
  { "ProFTPD", "ProFTPD", "ftp" },
  { "Pure-FTPd", "Pure-FTPd", "ftp" },
  { "FileZilla Server", "FileZilla ftpd", "ftp" },
  { "Microsoft FTP Service", "Microsoft ftpd", "ftp" },
  { "Postfix", "Postfix smtpd", "smtp" },
  { "Exim", "Exim smtpd", "smtp" },
  { "Sendmail", "Sendmail", "smtp" },
  { "OpenSMTPD", "OpenSMTPD", "smtp" },
  { "Microsoft ESMTP MAIL Service", "Microsoft ESMTP", "smtp" },
};

static const Program pop3_programs[] = {
  { "Dovecot", "Dovecot pop3d", NULL },
  { "Cyrus POP3", "Cyrus pop3d", NULL },
};

static const Program imap_programs[] = {
  { "Dovecot", "Dovecot imapd", NULL },
  { "Cyrus IMAP", "Cyrus imapd", NULL },
  { "Courier-IMAP", "Courier Imapd", NULL },
};

/* Takes the program that is named in @line, and the version number after its name.
 * Returns: (nullable): what was found */
static const Program *
take_program (
    const char *line, gsize length, const Program *programs, gsize n_programs, RoadAnswer *answer)
{
  for (gsize i = 0; i < n_programs; i++)
    {
      const char *found = road_answer_find (line, length, programs[i].word);
      gsize rest;

      if (found == NULL)
        continue;
      road_answer_set_product (answer, programs[i].product);
      found += strlen (programs[i].word);
      rest = length - (gsize) (found - line);
      while (rest > 0 && strchr (" /_v", *found) != NULL && *found != '\0')
        {
          found++;
          rest--;
        }
      road_answer_set_version (answer, found, road_answer_measure_version (found, rest));
      return &programs[i];
    }

  return NULL;
}

static RoadAnswerProgress
get_progress (const char *bytes, gsize length)
{
  return memchr (bytes, '\n', length) != NULL ? ROAD_ANSWER_WHOLE : ROAD_ANSWER_PARTIAL;
}

/* RFC 4253, section 4.2: “SSH-protoversion-softwareversion SP comments”. */
RoadAnswerProgress
road_answer_parse_ssh (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const gsize size = road_answer_measure_line (bytes, length);
  const char *end = bytes + size;
  const char *protocol = bytes + strlen ("SSH-");
  const char *software, *comments, *underscore;

  if (!road_answer_starts_with (bytes, length, "SSH-"))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "ssh", ROAD_SERVICE_MAX_CONFIDENCE);
  software = memchr (protocol, '-', (gsize) (end - protocol));
  if (software == NULL)
    return get_progress (bytes, length);

  {
    g_autofree char *extra =
        g_strdup_printf ("protocol %.*s", (int) MIN (software - protocol, 8), protocol);

    road_answer_set_extra_info (answer, extra, strlen (extra));
  }
  software++;
  comments = memchr (software, ' ', (gsize) (end - software));
  if (comments == NULL)
    comments = end;
  underscore = memchr (software, '_', (gsize) (comments - software));
  if (underscore == NULL)
    underscore = comments;

  if (road_answer_starts_with (software, (gsize) (underscore - software), "dropbear"))
    road_answer_set_product (answer, "Dropbear sshd");
  else
    {
      g_autofree char *product = road_answer_make_text (software, (gsize) (underscore - software));

      if (product != NULL)
        road_answer_set_product (answer, product);
    }
  if (underscore < end)
    {
      g_autoptr (GString) version = g_string_new_len (underscore + 1, end - underscore - 1);
      const gsize comment = (gsize) (comments - underscore);
      char *dash;

      /* “Debian-2+deb12u3” is a name and a revision. */
      dash = comment < version->len ? strchr (version->str + comment, '-') : NULL;
      if (dash != NULL)
        *dash = ' ';
      road_answer_set_version (answer, version->str, version->len);
    }

  return get_progress (bytes, length);
}

/* RFC 959 (FTP) and RFC 5321 (SMTP) greet alike: “220 text”, or “220-text” for the first of several lines. */
RoadAnswerProgress
road_answer_parse_reply (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const gsize size = road_answer_measure_line (bytes, length);
  const gboolean is_busy = road_answer_starts_with (bytes, length, "421") ||
                           road_answer_starts_with (bytes, length, "554");
  const Program *program;
  const char *name = NULL;

  if (length < 4 || (!road_answer_starts_with (bytes, length, "220") && !is_busy) ||
      (bytes[3] != ' ' && bytes[3] != '-'))
    return ROAD_ANSWER_FOREIGN;

  program = take_program (bytes, length, reply_programs, G_N_ELEMENTS (reply_programs), answer);
  if (program != NULL)
    name = program->name;
  else if (road_answer_find (bytes, size, "SMTP") != NULL ||
           road_answer_find (bytes, size, "mail") != NULL)
    name = "smtp";
  else if (road_answer_find (bytes, size, "FTP") != NULL)
    name = "ftp";

  if (name != NULL)
    road_answer_set_name (answer, name, ROAD_SERVICE_MAX_CONFIDENCE);
  else if (port == 25 || port == 465 || port == 587)
    road_answer_set_name (answer, "smtp", 8);
  else if (port == 21 || port == 990)
    road_answer_set_name (answer, "ftp", 8);
  else
    return ROAD_ANSWER_FOREIGN;

  road_answer_add_note (answer, ROAD_NOTE_BANNER, bytes, size);

  return get_progress (bytes, length);
}

/* RFC 1939, section 4: “+OK text”. */
RoadAnswerProgress
road_answer_parse_pop3 (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const gsize size = road_answer_measure_line (bytes, length);

  if (!road_answer_starts_with (bytes, length, "+OK"))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "pop3", ROAD_SERVICE_MAX_CONFIDENCE);
  take_program (bytes, size, pop3_programs, G_N_ELEMENTS (pop3_programs), answer);
  road_answer_add_note (answer, ROAD_NOTE_BANNER, bytes, size);

  return get_progress (bytes, length);
}

/* RFC 9051, section 7.1: “* OK text”, “* PREAUTH text” or “* BYE text”. */
RoadAnswerProgress
road_answer_parse_imap (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const gsize size = road_answer_measure_line (bytes, length);

  if (!road_answer_starts_with (bytes, length, "* OK") &&
      !road_answer_starts_with (bytes, length, "* PREAUTH") &&
      !road_answer_starts_with (bytes, length, "* BYE"))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "imap", ROAD_SERVICE_MAX_CONFIDENCE);
  take_program (bytes, size, imap_programs, G_N_ELEMENTS (imap_programs), answer);
  road_answer_add_note (answer, ROAD_NOTE_BANNER, bytes, size);

  return get_progress (bytes, length);
}

/* RFC 6143, section 7.1.1: “RFB 003.008” and a line feed. */
RoadAnswerProgress
road_answer_parse_vnc (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  g_autofree char *text = NULL;
  g_autofree char *extra = NULL;
  guint64 major, minor;

  if (length < 12 || !road_answer_starts_with (bytes, length, "RFB ") || bytes[7] != '.')
    return ROAD_ANSWER_FOREIGN;

  text = g_strndup (bytes, 11);
  major = g_ascii_strtoull (text + 4, NULL, 10);
  minor = g_ascii_strtoull (text + 8, NULL, 10);
  extra = g_strdup_printf ("protocol %" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT, major, minor);
  road_answer_set_name (answer, "vnc", ROAD_SERVICE_MAX_CONFIDENCE);
  road_answer_set_extra_info (answer, extra, strlen (extra));

  return ROAD_ANSWER_WHOLE;
}

/* rsync's clientserver.c: “@RSYNCD: 31.0” and a line feed. */
RoadAnswerProgress
road_answer_parse_rsync (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  static const char prefix[] = "@RSYNCD: ";
  gsize size;

  if (!road_answer_starts_with (bytes, length, prefix))
    return ROAD_ANSWER_FOREIGN;

  size = road_answer_measure_version (bytes + strlen (prefix), length - strlen (prefix));
  road_answer_set_name (answer, "rsync", ROAD_SERVICE_MAX_CONFIDENCE);
  if (size > 0)
    {
      g_autofree char *extra =
          g_strdup_printf ("protocol version %.*s", (int) size, bytes + strlen (prefix));

      road_answer_set_extra_info (answer, extra, strlen (extra));
    }

  return get_progress (bytes, length);
}

/* RFC 2812, section 3.3: a NOTICE, often before a name is known. */
RoadAnswerProgress
road_answer_parse_irc (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const gsize size = road_answer_measure_line (bytes, length);
  const char *rest = bytes;

  if (bytes[0] == ':')
    {
      rest = memchr (bytes, ' ', size);
      if (rest == NULL)
        return ROAD_ANSWER_FOREIGN;
      rest++;
    }
  if (!road_answer_starts_with (rest, size - (gsize) (rest - bytes), "NOTICE ") &&
      !road_answer_starts_with (rest, size - (gsize) (rest - bytes), "ERROR :"))
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "irc", 8);
  road_answer_add_note (answer, ROAD_NOTE_BANNER, bytes, size);

  return get_progress (bytes, length);
}

/* RFC 6120, section 4.2: a stream header. */
RoadAnswerProgress
road_answer_parse_xmpp (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  if (!road_answer_starts_with (bytes, length, "<?xml") &&
      !road_answer_starts_with (bytes, length, "<stream:"))
    return ROAD_ANSWER_FOREIGN;
  if (road_answer_find (bytes, length, "<stream:stream") == NULL)
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "jabber", ROAD_SERVICE_MAX_CONFIDENCE);

  return ROAD_ANSWER_WHOLE;
}

/* RFC 854: IAC (255), one of WILL, WONT, DO and DONT (251 to 254), and an option. */
RoadAnswerProgress
road_answer_parse_telnet (const char *bytes, gsize length, guint16 port, RoadAnswer *answer)
{
  const guchar *data = (const guchar *) bytes;

  if (length < 3 || data[0] != 255 || data[1] < 251 || data[1] == 255)
    return ROAD_ANSWER_FOREIGN;

  road_answer_set_name (answer, "telnet", ROAD_SERVICE_MAX_CONFIDENCE);

  return ROAD_ANSWER_WHOLE;
}
