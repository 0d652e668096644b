/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-filter-term.h"

#include "engine/ports/road-port-state.h"
#include "ui/widgets/road-host-look.h"
#include "ui/widgets/road-reason-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Over 17 minutes: no handshake takes as long. */
#define MAX_LATENCY_MS 1000000.0

/* Over 2,700 years: dates in certificates end in the year 9999 at the latest, and are mostly years away. */
#define MAX_DAYS 1000000

typedef gboolean (*ParseValue) (RoadFilterTerm *self, const char *value, char **fault);

/* Both as in files and as in the window's language. */
static gboolean
parse_state (RoadFilterTerm *self, const char *value, char **fault)
{
  const struct
  {
    RoadPortState state;
    const char *name;
  } names[] = {
    { ROAD_PORT_OPEN, C_ ("port", "open") },
    { ROAD_PORT_CLOSED, C_ ("port", "closed") },
    { ROAD_PORT_FILTERED, C_ ("port", "filtered") },
    { ROAD_PORT_UNKNOWN, C_ ("port", "unknown") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *folded_name = g_utf8_casefold (names[i].name, -1);
      g_autofree char *folded_value = g_utf8_casefold (value, -1);

      if (g_ascii_strcasecmp (value, road_port_state_to_string (names[i].state)) == 0 ||
          g_str_equal (folded_value, folded_name))
        {
          self->kind = ROAD_FILTER_STATE;
          self->values = 1u << names[i].state;
          return TRUE;
        }
    }

  if (fault != NULL)
    /* Translators: %s is a word that the user typed */
    *fault = g_strdup_printf (_ ("“%s” is not a state: use open, closed or filtered."), value);

  return FALSE;
}

static gboolean
parse_ports (RoadFilterTerm *self, const char *value, char **fault)
{
  g_autoptr (GError) error = NULL;

  self->kind = ROAD_FILTER_PORTS;
  self->ports = road_port_set_parse (value, &error);
  if (self->ports == NULL)
    *fault = g_strdup (error->message);

  return self->ports != NULL;
}

static gboolean
parse_reason (RoadFilterTerm *self, const char *value, char **fault)
{
  g_autoptr (RoadFilterWord) word = road_filter_word_new (value);

  self->kind = ROAD_FILTER_REASON;
  for (guint reason = 0; reason < ROAD_N_REASONS; reason++)
    {
      g_autofree char *text = road_reason_text_describe ((RoadReason) reason, NULL);

      if (road_filter_word_is_in (word, text) ||
          road_filter_word_is_in (word, road_reason_to_string ((RoadReason) reason)))
        self->values |= 1u << reason;
    }

  if (self->values == 0)
    /* Translators: %s is a word that the user typed */
    *fault = g_strdup_printf (_ ("No reason contains “%s”."), value);

  return self->values != 0;
}

static gboolean
parse_host (RoadFilterTerm *self, const char *value, char **fault)
{
  self->kind = ROAD_FILTER_HOST;
  self->word = road_filter_word_new (value);

  return TRUE;
}

static gboolean
parse_vendor (RoadFilterTerm *self, const char *value, char **fault)
{
  self->kind = ROAD_FILTER_VENDOR;
  self->word = road_filter_word_new (value);

  return TRUE;
}

/* Some write hardware addresses with hyphens. */
static gboolean
parse_mac (RoadFilterTerm *self, const char *value, char **fault)
{
  g_autofree char *text = g_strdelimit (g_strdup (value), "-", ':');

  self->kind = ROAD_FILTER_MAC;
  self->word = road_filter_word_new (text);

  return TRUE;
}

static gboolean
parse_device (RoadFilterTerm *self, const char *value, char **fault)
{
  g_autoptr (RoadFilterWord) word = road_filter_word_new (value);

  for (guint kind = ROAD_DEVICE_UNKNOWN + 1; kind < ROAD_N_DEVICE_KINDS; kind++)
    {
      if (road_filter_word_is_in (word, road_host_look_get_kind ((RoadDeviceKind) kind)) ||
          road_filter_word_is_in (word, road_device_kind_get_name ((RoadDeviceKind) kind)))
        self->values |= 1u << kind;
    }

  self->kind = ROAD_FILTER_DEVICE;
  if (self->values == 0)
    /* Translators: %s is a word that the user typed */
    *fault = g_strdup_printf (_ ("No kind of device contains “%s”."), value);

  return self->values != 0;
}

static gboolean
parse_title (RoadFilterTerm *self, const char *value, char **fault)
{
  self->kind = ROAD_FILTER_TITLE;
  self->word = road_filter_word_new (value);

  return TRUE;
}

static gboolean
parse_product (RoadFilterTerm *self, const char *value, char **fault)
{
  self->kind = ROAD_FILTER_PRODUCT;
  self->word = road_filter_word_new (value);

  return TRUE;
}

static gboolean
parse_version (RoadFilterTerm *self, const char *value, char **fault)
{
  self->kind = ROAD_FILTER_VERSION;
  self->word = road_filter_word_new (value);

  return TRUE;
}

/* @text: a comparison sign and a number, as in "<30" or ">=365". One that has expired has less than 0 days left. */
static gboolean
parse_certificate (RoadFilterTerm *self, const char *text, char **fault)
{
  const gboolean or_equal = text[0] != '\0' && text[1] == '=';
  gint64 days;

  if (text[0] == ':' ||
      !g_ascii_string_to_signed (text + (or_equal ? 2 : 1), 10, 0, MAX_DAYS, &days, NULL))
    {
      *fault = g_strdup (_ ("Enter a number of days, such as cert<30."));
      return FALSE;
    }

  self->kind = ROAD_FILTER_CERTIFICATE;
  self->min_days = text[0] == '>' ? (int) days + (or_equal ? 0 : 1) : G_MININT;
  self->max_days = text[0] == '>' ? G_MAXINT : (int) days - (or_equal ? 0 : 1);

  return TRUE;
}

/* @text: a comparison sign and a number, as in ">100" or "<=0.5ms" */
static gboolean
parse_latency (RoadFilterTerm *self, const char *text, char **fault)
{
  const gboolean or_equal = text[0] != '\0' && text[1] == '=';
  const char *number = text + (or_equal ? 2 : 1);
  char *end = NULL;
  double ms = -1;
  guint us;

  if (g_ascii_isdigit (*number) || *number == '.')
    ms = g_ascii_strtod (number, &end);

  if (end == NULL || (*end != '\0' && g_ascii_strcasecmp (end, "ms") != 0) ||
      !(ms >= 0 && ms <= MAX_LATENCY_MS))
    {
      *fault = g_strdup (_ ("Enter a latency in milliseconds, such as latency>100."));
      return FALSE;
    }

  /* 0 means unknown. */
  us = (guint) (ms * 1000 + 0.5);
  self->kind = ROAD_FILTER_LATENCY;
  self->min_us = text[0] == '>' ? MAX (us + (or_equal ? 0 : 1), 1) : 1;
  self->max_us = text[0] == '>' ? G_MAXUINT : us - (or_equal || us == 0 ? 0 : 1);

  return TRUE;
}

static const struct
{
  const char *name;
  ParseValue parse;
} keys[] = {
  { "host", parse_host },       { "port", parse_ports },      { "ports", parse_ports },
  { "reason", parse_reason },   { "state", parse_state },     { "vendor", parse_vendor },
  { "mac", parse_mac },         { "kind", parse_device },     { "title", parse_title },
  { "product", parse_product }, { "version", parse_version },
};

/* Whether @text starts like "name:". Addresses with colons do not: their first part has digits or is not
 * longer than four hexadecimal digits, see is_address(). */
static gsize
get_key_length (const char *text)
{
  gsize length = 0;

  while (g_ascii_isalpha (text[length]))
    length++;

  return text[length] == ':' || text[length] == '<' || text[length] == '>' ? length : 0;
}

static gboolean
is_address (const char *text)
{
  return strspn (text, "0123456789abcdefABCDEF:.") == strlen (text);
}

/* Whether the first @length characters of @text are @key. */
static gboolean
is_key (const char *text, gsize length, const char *key)
{
  return length == strlen (key) && g_ascii_strncasecmp (text, key, length) == 0;
}

static gboolean
parse_key (RoadFilterTerm *self, const char *text, gsize length, char **fault)
{
  const char *value = text + length + 1;

  if (is_key (text, length, "cert"))
    return parse_certificate (self, text + length, fault);

  if (text[length] != ':')
    {
      if (is_key (text, length, "latency"))
        return parse_latency (self, text + length, fault);

      *fault =
          g_strdup (_ ("Only latency and cert can be compared, such as latency>100 or cert<30."));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (!is_key (text, length, keys[i].name))
        continue;

      if (*value != '\0')
        return keys[i].parse (self, value, fault);

      /* Translators: %s is the start of a term, such as "host:" */
      *fault = g_strdup_printf (_ ("Enter a value after “%s”."), text);
      return FALSE;
    }

  if (is_key (text, length, "latency"))
    *fault = g_strdup (_ ("Enter a latency in milliseconds, such as latency>100."));
  else
    *fault = g_strdup_printf (
        /* Translators: %s is what the user typed. Do not translate the words with a colon. */
        _ ("“%s” is unknown: use host:, port:, state:, reason:, vendor:, mac:, kind:, product:, "
           "version:, title:, cert< or latency>."),
        text);

  return FALSE;
}

static gboolean
parse (RoadFilterTerm *self, const char *text, char **fault)
{
  const gsize length = get_key_length (text);

  if (*text == '\0')
    {
      *fault = g_strdup (_ ("Enter a search term after “!”."));
      return FALSE;
    }

  if (length > 0 && !is_address (text))
    return parse_key (self, text, length, fault);

  if (g_ascii_isdigit (*text) && strspn (text, "0123456789,-") == strlen (text))
    return parse_ports (self, text, fault);

  if (parse_state (self, text, NULL))
    return TRUE;

  self->kind = ROAD_FILTER_TEXT;
  self->word = road_filter_word_new (text);

  return TRUE;
}

/* @text: a term, valid UTF-8. Returns: (nullable): the term; else @fault has a sentence that says what is
 * wrong */
RoadFilterTerm *
road_filter_term_parse (const char *text, char **fault)
{
  g_autoptr (RoadFilterTerm) self = g_new0 (RoadFilterTerm, 1);

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (fault != NULL, NULL);

  while (*text == '!')
    {
      self->negated = !self->negated;
      text++;
    }

  if (!parse (self, text, fault))
    return NULL;

  return g_steal_pointer (&self);
}

void
road_filter_term_free (RoadFilterTerm *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->word, road_filter_word_free);
  g_clear_pointer (&self->ports, road_port_set_unref);
  g_free (self);
}
