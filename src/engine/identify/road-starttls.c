/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-starttls.h"

#include <string.h>

#include "road-answer.h"

/* How a connection changes to TLS after it began without: a service greets, is sent one command after the other, and
 * says that TLS may begin. data/doc/identify.md lists the commands for users.
 *
 * Whoever is between us and the service could add something to what it says last, for us to take as said with TLS (as
 * in CVE-2011-0411 and CVE-2021-23222). So TLS begins only if nothing at all comes after that. */

/* RFC 2606, section 2, has this domain for names that are none. */
#define EHLO "EHLO roadstead.invalid\r\n"

typedef RoadStarttlsStep (*StepFunc) (guint n_sent, const char *bytes, gsize length);

/* Reads a reply of SMTP or FTP, RFC 5321, 4.2.1, and RFC 959, 4.2: lines with the same number, which has “-” behind it
 * in all but the last.
 * Returns: the number; 0 if the reply is not whole, -1 if it is none or something comes after it */
static int
read_reply (const char *bytes, gsize length)
{
  int first = 0;

  while (length > 0)
    {
      const char *end = memchr (bytes, '\n', length);
      const gboolean has_number = length >= 4 && g_ascii_isdigit (bytes[0]) &&
                                  g_ascii_isdigit (bytes[1]) && g_ascii_isdigit (bytes[2]);
      const int number =
          has_number ? (bytes[0] - '0') * 100 + (bytes[1] - '0') * 10 + bytes[2] - '0' : 0;

      if (end == NULL)
        return 0;
      length -= (gsize) (end + 1 - bytes);
      if (first == 0 && number == 0)
        return -1;
      if (first == 0)
        first = number;
      /* In FTP lines between may have no number. */
      if (number == first && bytes[3] != '-')
        return length == 0 ? number : -1;
      bytes = end + 1;
    }

  return 0;
}

static RoadStarttlsStep
expect_reply (const char *bytes, gsize length, int expected, RoadStarttlsStep step)
{
  const int number = read_reply (bytes, length);

  if (number <= 0)
    return number == 0 ? ROAD_STARTTLS_WAIT : ROAD_STARTTLS_BROKEN;

  return number == expected ? step : ROAD_STARTTLS_REFUSED;
}

/* The same for a reply that is not about TLS: another number says nothing about it. */
static RoadStarttlsStep
expect_ready (const char *bytes, gsize length, int expected)
{
  const RoadStarttlsStep step = expect_reply (bytes, length, expected, ROAD_STARTTLS_SEND);

  return step == ROAD_STARTTLS_REFUSED ? ROAD_STARTTLS_BROKEN : step;
}

/* Whether one of the lines after the first offers STARTTLS, RFC 3207, section 2. */
static gboolean
offers_starttls (const char *bytes, gsize length)
{
  static const char word[] = "STARTTLS";
  const char *found = bytes;

  while ((found = road_answer_find (found, length - (gsize) (found - bytes), word)) != NULL)
    {
      const char *after = found + strlen (word);

      if (found - bytes > 4 && (found[-5] == '\n') && after < bytes + length &&
          g_ascii_isspace (*after))
        return TRUE;
      found = after;
    }

  return FALSE;
}

static RoadStarttlsStep
step_smtp (guint n_sent, const char *bytes, gsize length)
{
  RoadStarttlsStep step;

  switch (n_sent)
    {
    case 0:
      return expect_ready (bytes, length, 220);
    case 1:
      step = expect_ready (bytes, length, 250);
      return step == ROAD_STARTTLS_SEND && !offers_starttls (bytes, length) ? ROAD_STARTTLS_REFUSED
                                                                            : step;
    default:
      return expect_reply (bytes, length, 220, ROAD_STARTTLS_BEGIN);
    }
}

static RoadStarttlsStep
step_ftp (guint n_sent, const char *bytes, gsize length)
{
  return n_sent == 0 ? expect_ready (bytes, length, 220)
                     : expect_reply (bytes, length, 234, ROAD_STARTTLS_BEGIN);
}

/* Returns: @step if @bytes are one line with that beginning */
static RoadStarttlsStep
expect_line (const char *bytes, gsize length, const char *beginning, RoadStarttlsStep step)
{
  const char *end = memchr (bytes, '\n', length);

  if (end == NULL)
    return ROAD_STARTTLS_WAIT;

  return end + 1 == bytes + length && road_answer_starts_with (bytes, length, beginning)
             ? step
             : ROAD_STARTTLS_BROKEN;
}

static RoadStarttlsStep
step_pop3 (guint n_sent, const char *bytes, gsize length)
{
  if (n_sent > 0 && road_answer_starts_with (bytes, length, "-ERR"))
    return expect_line (bytes, length, "-ERR", ROAD_STARTTLS_REFUSED);

  return expect_line (bytes, length, "+OK", n_sent == 0 ? ROAD_STARTTLS_SEND : ROAD_STARTTLS_BEGIN);
}

/* RFC 9051, section 7: lines that begin with “*” may come before the answer, which begins with our tag. */
static RoadStarttlsStep
step_imap (guint n_sent, const char *bytes, gsize length)
{
  const char *end;

  if (n_sent == 0)
    return expect_line (bytes, length, "* OK", ROAD_STARTTLS_SEND);

  while (road_answer_starts_with (bytes, length, "* ") &&
         (end = memchr (bytes, '\n', length)) != NULL)
    {
      length -= (gsize) (end + 1 - bytes);
      bytes = end + 1;
    }
  if (road_answer_starts_with (bytes, length, "R NO") ||
      road_answer_starts_with (bytes, length, "R BAD"))
    return expect_line (bytes, length, "R ", ROAD_STARTTLS_REFUSED);

  return expect_line (bytes, length, "R OK", ROAD_STARTTLS_BEGIN);
}

/* RFC 6120, section 5.4: features, then “proceed” or “failure”. */
static RoadStarttlsStep
step_jabber (guint n_sent, const char *bytes, gsize length)
{
  if (road_answer_find (bytes, length, "<stream:error") != NULL)
    return ROAD_STARTTLS_BROKEN;

  if (n_sent == 0)
    {
      if (road_answer_find (bytes, length, "</stream:features>") == NULL)
        return ROAD_STARTTLS_WAIT;
      return road_answer_find (bytes, length, "<starttls") != NULL ? ROAD_STARTTLS_SEND
                                                                   : ROAD_STARTTLS_REFUSED;
    }

  if (road_answer_starts_with (bytes, length, "<failure"))
    return ROAD_STARTTLS_REFUSED;
  if (memchr (bytes, '>', length) == NULL)
    return ROAD_STARTTLS_WAIT;

  return road_answer_starts_with (bytes, length, "<proceed") &&
                 memchr (bytes, '>', length) == bytes + length - 1 && bytes[length - 2] == '/'
             ? ROAD_STARTTLS_BEGIN
             : ROAD_STARTTLS_BROKEN;
}

/* PostgreSQL's manual, “Message Flow”, “SSL Session Encryption”: the question was the command. */
static RoadStarttlsStep
step_postgresql (guint n_sent, const char *bytes, gsize length)
{
  if (length > 1)
    return ROAD_STARTTLS_BROKEN;

  return bytes[0] == 'S' ? ROAD_STARTTLS_BEGIN : ROAD_STARTTLS_REFUSED;
}

static const struct
{
  const char *service;
  StepFunc step;
  const char *commands[ROAD_STARTTLS_MAX_COMMANDS];
} protocols[] = {
  { "smtp", step_smtp, { EHLO, "STARTTLS\r\n" } }, /* RFC 3207 */
  { "imap", step_imap, { "R STARTTLS\r\n" } },     /* RFC 9051, section 6.2.1 */
  { "pop3", step_pop3, { "STLS\r\n" } },           /* RFC 2595, section 4 */
  { "ftp", step_ftp, { "AUTH TLS\r\n" } },         /* RFC 4217, section 4 */
  { "jabber", step_jabber, { "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" } },
  { "postgresql", step_postgresql, { NULL } },
};

/* Returns: whether a service of that name (nullable) can change to TLS */
gboolean
road_starttls_is_known (const char *service)
{
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      if (g_strcmp0 (protocols[i].service, service) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * road_starttls_step:
 * @service: one that road_starttls_is_known()
 * @n_sent: how many commands were sent
 * @bytes: (array length=length): all that came since the last of them, or since the beginning
 * @command: (out) (optional): the next one; %NULL unless it is to be sent
 *
 * Returns: what comes next
 */
RoadStarttlsStep
road_starttls_step (
    const char *service, guint n_sent, const char *bytes, gsize length, const char **command)
{
  RoadStarttlsStep step = ROAD_STARTTLS_BROKEN;

  g_return_val_if_fail (service != NULL, ROAD_STARTTLS_BROKEN);
  g_return_val_if_fail (bytes != NULL || length == 0, ROAD_STARTTLS_BROKEN);
  g_return_val_if_fail (n_sent <= ROAD_STARTTLS_MAX_COMMANDS, ROAD_STARTTLS_BROKEN);

  if (command != NULL)
    *command = NULL;
  if (length == 0)
    return ROAD_STARTTLS_WAIT;

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    {
      if (!g_str_equal (protocols[i].service, service))
        continue;
      step = protocols[i].step (n_sent, bytes, length);
      if (step == ROAD_STARTTLS_SEND && command != NULL)
        *command = protocols[i].commands[n_sent];
    }

  return step;
}
