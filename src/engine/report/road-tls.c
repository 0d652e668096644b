/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-tls.h"

#include <string.h>

#include "engine/base/road-text-escape.h"

/* A certificate is kept as nmap's script ssl-cert prints it, so that all formats have it, and those of nmap's
 * are understood:
 *
 *     Subject: commonName=nas/organizationName=Home
 *     Subject Alternative Name: DNS:nas, IP Address:192.0.2.1
 *     Issuer: commonName=nas
 *     Public Key type: rsa
 *     Public Key bits: 2048
 *     Not valid before: 2024-01-02T03:04:05
 *     Not valid after:  2034-01-02T03:04:05
 *     SHA-256: 0123 4567 …
 */

#define SECONDS_PER_DAY (24 * 60 * 60)
#define SUBJECT "Subject: "
#define NAMES "Subject Alternative Name: "
#define ISSUER "Issuer: "
#define KEY_TYPE "Public Key type: "
#define KEY_BITS "Public Key bits: "
#define NOT_BEFORE "Not valid before: "
#define NOT_AFTER "Not valid after:  "
#define FINGERPRINT "SHA-256: "
#define DNS_NAME "DNS:"
#define IP_NAME "IP Address:"
#define COMMON_NAME "commonName="

/* Of the digits of a fingerprint. */
#define DIGITS_PER_GROUP 4

void
road_tls_free (RoadTls *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->protocol);
  g_free (self->alpn);
  g_free (self->subject);
  g_free (self->issuer);
  g_strfreev (self->names);
  g_free (self->key_type);
  g_free (self->fingerprint);
  g_free (self);
}

static void
take_text (char **field, const char *text)
{
  if (*field == NULL && *text != '\0')
    *field = g_strdup (text);
}

static gint64
parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (stripped, utc);

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static GStrv
parse_names (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ", ", -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_str_has_prefix (parts[i], DNS_NAME))
        g_strv_builder_add (names, parts[i] + strlen (DNS_NAME));
      else if (g_str_has_prefix (parts[i], IP_NAME))
        g_strv_builder_add (names, parts[i] + strlen (IP_NAME));
    }

  return g_strv_builder_end (names);
}

static void
parse_line (RoadTls *self, const char *line)
{
  if (g_str_has_prefix (line, SUBJECT))
    take_text (&self->subject, line + strlen (SUBJECT));
  else if (g_str_has_prefix (line, ISSUER))
    take_text (&self->issuer, line + strlen (ISSUER));
  else if (g_str_has_prefix (line, KEY_TYPE))
    take_text (&self->key_type, line + strlen (KEY_TYPE));
  else if (g_str_has_prefix (line, KEY_BITS))
    self->key_bits =
        (guint) MIN (g_ascii_strtoull (line + strlen (KEY_BITS), NULL, 10), G_MAXUINT16);
  else if (g_str_has_prefix (line, NOT_BEFORE))
    self->not_before = parse_time (line + strlen (NOT_BEFORE));
  else if (g_str_has_prefix (line, NOT_AFTER))
    self->not_after = parse_time (line + strlen (NOT_AFTER));
  else if (g_str_has_prefix (line, FINGERPRINT) && self->fingerprint == NULL)
    {
      g_auto (GStrv) groups = g_strsplit (line + strlen (FINGERPRINT), " ", -1);

      self->fingerprint = g_strjoinv ("", groups);
    }
  else if (g_str_has_prefix (line, NAMES) && self->names == NULL)
    self->names = parse_names (line + strlen (NAMES));
}

static gboolean
take_note (RoadTls *self, const RoadNote *note)
{
  if (g_str_equal (note->name, ROAD_NOTE_TLS_PROTOCOL))
    take_text (&self->protocol, note->text);
  else if (g_str_equal (note->name, ROAD_NOTE_TLS_ALPN))
    {
      g_autofree char *first = g_strstrip (g_strdup (note->text));

      first[strcspn (first, "\n")] = '\0';
      take_text (&self->alpn, first);
    }
  else if (g_str_equal (note->name, ROAD_NOTE_CERTIFICATE))
    {
      g_auto (GStrv) lines = g_strsplit (note->text, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        parse_line (self, lines[i]);
    }
  else
    return FALSE;

  return TRUE;
}

/**
 * road_tls_new_from_notes:
 *
 * Returns: (transfer full) (nullable): what the notes about @port, also those of nmap, say of its TLS and its
 *   certificate; %NULL if there are none
 */
RoadTls *
road_tls_new_from_notes (RoadHost *host, guint16 port)
{
  g_autoptr (RoadTls) self = g_new0 (RoadTls, 1);
  gboolean found = FALSE;

  g_return_val_if_fail (ROAD_IS_HOST (host), NULL);

  for (guint i = road_host_find_note (host, port); i < road_host_get_n_notes (host); i++)
    {
      const RoadNote *note = road_host_get_note (host, i);

      if (note->port != port)
        break;
      found |= take_note (self, note);
    }
  if (!found)
    return NULL;

  if (self->names == NULL)
    self->names = g_new0 (char *, 1);

  return g_steal_pointer (&self);
}

/* Nothing that is in a certificate may end a line. */
static void
add_line (GString *text, const char *title, const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, title);
  road_text_append_replaced (text, value);
}

static void
add_time (GString *text, const char *title, gint64 time)
{
  g_autoptr (GDateTime) date = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autofree char *value = date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S") : NULL;

  add_line (text, title, value);
}

static void
add_names (GString *text, const char *const *names)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const gboolean is_address = g_hostname_is_ip_address (names[i]);

      /* No host name has these, and they would make two names of one. */
      if (strpbrk (names[i], ", ") != NULL)
        continue;
      g_string_append_printf (list, "%s%s%s", list->len > 0 ? ", " : "",
                              is_address ? IP_NAME : DNS_NAME, names[i]);
    }
  add_line (text, NAMES, list->str);
}

/* Returns: (transfer full): the text of a note %ROAD_NOTE_CERTIFICATE; empty if there is no certificate */
char *
road_tls_get_certificate_note (const RoadTls *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) digits = g_string_new (NULL);
  char bits[16] = "";

  g_return_val_if_fail (self != NULL, NULL);

  if (self->key_bits != 0)
    g_snprintf (bits, sizeof bits, "%u", self->key_bits);
  for (const char *digit = self->fingerprint; digit != NULL && *digit != '\0'; digit++)
    {
      if (digit != self->fingerprint && (digit - self->fingerprint) % DIGITS_PER_GROUP == 0)
        g_string_append_c (digits, ' ');
      g_string_append_c (digits, *digit);
    }

  add_line (text, SUBJECT, self->subject);
  add_names (text, (const char *const *) self->names);
  add_line (text, ISSUER, self->issuer);
  add_line (text, KEY_TYPE, self->key_type);
  add_line (text, KEY_BITS, bits);
  add_time (text, NOT_BEFORE, self->not_before);
  add_time (text, NOT_AFTER, self->not_after);
  add_line (text, FINGERPRINT, digits->str);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Returns: (transfer full) (nullable): the common name of the subject */
char *
road_tls_dup_common_name (const RoadTls *self)
{
  const char *begin;

  g_return_val_if_fail (self != NULL, NULL);

  begin = self->subject != NULL ? strstr (self->subject, COMMON_NAME) : NULL;
  if (begin == NULL)
    return NULL;

  begin += strlen (COMMON_NAME);
  return g_strndup (begin, strcspn (begin, "/"));
}

/**
 * road_tls_get_days_left:
 * @now: in seconds since 1970
 * @days: (out): whole days until the certificate expires; negative if it has expired
 *
 * Returns: whether it is known when it expires
 */
gboolean
road_tls_get_days_left (const RoadTls *self, gint64 now, int *days)
{
  gint64 left;

  g_return_val_if_fail (self != NULL && days != NULL, FALSE);

  if (self->not_after == 0)
    return FALSE;

  left = self->not_after - now;
  /* Towards minus infinity: one second ago is a day that is over. */
  left = left >= 0 ? left / SECONDS_PER_DAY : -((-left + SECONDS_PER_DAY - 1) / SECONDS_PER_DAY);
  *days = (int) CLAMP (left, G_MININT, G_MAXINT);

  return TRUE;
}
