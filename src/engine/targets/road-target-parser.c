/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-spec-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* Lengths that DNS allows, in bytes (RFC 1035, 2.3.4; without the dot at the end). */
#define MAX_NAME 253
#define MAX_LABEL 63

/* @percent is where the zone begins. */
static void
fail_zone (const RoadSyntaxPart *part, const char *percent, GError **error)
{
  RoadSyntaxPart numbers = road_syntax_part_new (part, part->start, percent);
  RoadSyntaxPart zone = road_syntax_part_new (part, percent, part->end);
  g_autofree char *text = g_strndup (part->start, (gsize) (percent - part->start));
  RoadAddress address;

  if (!road_address_parse (&address, text))
    road_syntax_part_fail (&numbers, part->start, error, _ ("“%s” is not an IPv6 address"));
  else if (road_address_is_link_local (&address))
    road_syntax_part_fail (&zone, percent, error,
                           _ ("“%s” is not a network interface of this computer"));
  else
    road_syntax_part_fail (
        &zone, percent, error,
        _ ("“%s” is not allowed here: only link-local addresses (fe80::…) have a zone"));
}

static gboolean
parse_ipv6 (const RoadSyntaxPart *part, RoadAddress *address, GError **error)
{
  g_autofree char *text = g_strndup (part->start, (gsize) (part->end - part->start));
  const char *percent = road_syntax_part_find (part, '%');
  const char *bad;

  if (!road_address_parse (address, text) || address->length != 16)
    {
      if (percent != NULL)
        {
          fail_zone (part, percent, error);
          return FALSE;
        }
      bad = part->start + strspn (text, "0123456789abcdefABCDEF:.");
      road_syntax_part_fail (part, bad < part->end ? bad : part->start, error,
                             _ ("“%s” is not an IPv6 address"));
      return FALSE;
    }
  if (address->scope_id == 0 && road_address_is_link_local (address))
    {
      road_syntax_part_fail (
          part, part->start, error,
          _ ("“%s” is link-local: name the network interface too, as in fe80::1%%eth0"));
      return FALSE;
    }
  return TRUE;
}

/* IPv4-mapped addresses (::ffff:10.0.0.1) are IPv4 on the wire: their ICMP errors can only be read from an
 * IPv4 socket. */
static void
init_ipv6_network (RoadTargetItem *item, const RoadAddress *address, guint prefix)
{
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  RoadAddress ipv4 = { .length = 4 };

  if (prefix < 96 || memcmp (address->bytes, mapped, sizeof mapped) != 0)
    {
      road_target_item_init_network (item, address, prefix);
      return;
    }
  memcpy (ipv4.bytes, address->bytes + sizeof mapped, 4);
  road_target_item_init_network (item, &ipv4, prefix - 96);
}

/* An IPv6 address or network without brackets. */
static gboolean
parse_ipv6_target (const RoadSyntaxPart *part,
                   const char *slash,
                   RoadTargetItem *item,
                   GError **error)
{
  RoadSyntaxPart host = road_syntax_part_new (part, part->start, slash != NULL ? slash : part->end);
  RoadAddress address;
  guint prefix = 128;

  if (!parse_ipv6 (&host, &address, error))
    return FALSE;
  if (slash != NULL)
    {
      RoadSyntaxPart tail = road_syntax_part_new (part, slash + 1, part->end);

      if (!road_target_parse_prefix (&tail, 128, &prefix, error))
        return FALSE;
    }
  init_ipv6_network (item, &address, prefix);

  return TRUE;
}

static gboolean
fail_port (const RoadSyntaxPart *part, const char *colon, GError **error)
{
  RoadSyntaxPart port = road_syntax_part_new (part, colon, part->end);

  road_syntax_part_fail (
      &port, colon, error,
      _ ("“%s” is not allowed here: ports are given separately from the targets"));
  return FALSE;
}

/* “[2001:db8::1]”, “[2001:db8::1]/64”. */
static gboolean
parse_bracketed (const RoadSyntaxPart *part, RoadTargetItem *item, GError **error)
{
  const char *bracket = road_syntax_part_find (part, ']');
  RoadSyntaxPart host;
  RoadAddress address;
  guint prefix = 128;

  if (bracket == NULL)
    {
      road_syntax_fail (error, part->line, part->start, _ ("This “[” is not closed by a “]”"));
      return FALSE;
    }
  host = road_syntax_part_new (part, part->start + 1, bracket);
  if (!parse_ipv6 (&host, &address, error))
    return FALSE;

  if (bracket + 1 < part->end && bracket[1] == ':')
    return fail_port (part, bracket + 1, error);
  if (bracket + 1 < part->end && bracket[1] == '/')
    {
      RoadSyntaxPart tail = road_syntax_part_new (part, bracket + 2, part->end);

      if (!road_target_parse_prefix (&tail, 128, &prefix, error))
        return FALSE;
    }
  else if (bracket + 1 < part->end)
    {
      road_syntax_fail (error, part->line, bracket + 1,
                        _ ("After “]” there can only be a prefix length, as in [2001:db8::]/64"));
      return FALSE;
    }
  init_ipv6_network (item, &address, prefix);

  return TRUE;
}

/* Not allowed: brackets, and the punctuation by which word processors replace hyphens and quotation marks.
 * Better an error message than a DNS query. */
static gboolean
is_name_char (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum ((char) c) || c == '-' || c == '_';

  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_OPEN_PUNCTUATION:
    case G_UNICODE_CLOSE_PUNCTUATION:
    case G_UNICODE_INITIAL_PUNCTUATION:
    case G_UNICODE_FINAL_PUNCTUATION:
      return FALSE;
    default:
      return TRUE;
    }
}

/* Checks the lengths that DNS allows; @ascii is the name in ASCII. */
static gboolean
check_name_lengths (const RoadSyntaxPart *part, const char *ascii, GError **error)
{
  gsize length = strlen (ascii);
  g_auto (GStrv) labels = g_strsplit (ascii, ".", -1);

  if (length > MAX_NAME + (g_str_has_suffix (ascii, ".") ? 1 : 0))
    {
      road_syntax_fail (error, part->line, part->start,
                        ngettext ("This name is too long: host names have up to %d character",
                                  "This name is too long: host names have up to %d characters",
                                  MAX_NAME),
                        MAX_NAME);
      return FALSE;
    }
  for (guint i = 0; labels[i] != NULL; i++)
    {
      if (strlen (labels[i]) > MAX_LABEL)
        {
          road_syntax_fail (
              error, part->line, part->start,
              /* Translators: a number of characters, and the beginning of what is too long */
              ngettext ("Between two dots a host name has up to %d character: “%.20s…” is "
                        "too long",
                        "Between two dots a host name has up to %d characters: “%.20s…” is "
                        "too long",
                        MAX_LABEL),
              MAX_LABEL, labels[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_name (const RoadSyntaxPart *part, GError **error)
{
  g_autofree char *name = g_strndup (part->start, (gsize) (part->end - part->start));
  g_autofree char *ascii = NULL;
  const char *label = part->start;

  if (*part->start == '-')
    {
      road_syntax_fail (error, part->line, part->start, _ ("A host name cannot begin with “-”"));
      return FALSE;
    }
  for (const char *p = part->start; p < part->end; p = g_utf8_next_char (p))
    {
      RoadSyntaxPart bad = road_syntax_part_new (part, p, g_utf8_next_char (p));

      if (*p == '.' && p > label)
        {
          label = p + 1;
        }
      else if (*p == '.')
        {
          road_syntax_fail (error, part->line, p,
                            _ ("A part of the host name is missing before this dot"));
          return FALSE;
        }
      else if (!is_name_char (g_utf8_get_char (p)))
        {
          road_syntax_part_fail (&bad, p, error, _ ("“%s” cannot be in a host name"));
          return FALSE;
        }
    }

  ascii = g_hostname_to_ascii (name);
  if (ascii == NULL)
    {
      road_syntax_part_fail (part, part->start, error, _ ("“%s” is not a host name"));
      return FALSE;
    }
  return check_name_lengths (part, ascii, error);
}

/* A host name, or the network around its address. */
static gboolean
parse_name_target (const RoadSyntaxPart *part,
                   const char *slash,
                   RoadTargetItem *item,
                   GError **error)
{
  RoadSyntaxPart host = road_syntax_part_new (part, part->start, slash != NULL ? slash : part->end);
  g_autofree char *name = NULL;
  guint prefix = 0;

  if (host.start == host.end)
    {
      road_syntax_fail (error, part->line, part->start,
                        _ ("A host name or an address is missing before this “/”"));
      return FALSE;
    }
  if (!check_name (&host, error))
    return FALSE;
  if (slash != NULL)
    {
      RoadSyntaxPart tail = road_syntax_part_new (part, slash + 1, part->end);

      if (!road_target_parse_prefix (&tail, 128, &prefix, error))
        return FALSE;
    }
  name = g_strndup (host.start, (gsize) (host.end - host.start));
  road_target_item_init_name (item, name, slash != NULL ? (int) prefix : -1);

  return TRUE;
}

static gboolean
parse_host (const RoadSyntaxPart *part, RoadTargetItem *item, GError **error)
{
  const char *slash = road_syntax_part_find (part, '/');
  RoadSyntaxPart host = road_syntax_part_new (part, part->start, slash != NULL ? slash : part->end);
  guint n_colons = road_syntax_part_count (&host, ':');

  if (part->start < part->end && *part->start == '[')
    return parse_bracketed (part, item, error);
  if (n_colons >= 2)
    return parse_ipv6_target (part, slash, item, error);
  if (n_colons == 1)
    return fail_port (part, road_syntax_part_find (part, ':'), error);
  if (host.start < host.end && road_syntax_part_has_only (&host, ROAD_TARGET_IPV4_CHARS))
    return road_target_parse_ipv4 (part, slash, item, error);

  return parse_name_target (part, slash, item, error);
}

/* The port of a URL after the colon; empty for the default port of the scheme. */
static gboolean
parse_url_port (const RoadSyntaxPart *part, guint *port, GError **error)
{
  if (part->start == part->end ||
      (road_syntax_parse_number (part->start, part->end, G_MAXUINT16, port) && *port > 0))
    return TRUE;

  road_syntax_part_fail (part, part->start, error, _ ("“%s” is not a port: ports are 1 to 65535"));
  return FALSE;
}

/* Returns the colon between the host and the port of a URL, or NULL. */
static const char *
find_url_colon (const RoadSyntaxPart *host)
{
  const char *bracket = road_syntax_part_find (host, ']');

  if (*host->start != '[')
    return road_syntax_part_find (host, ':');

  return bracket != NULL && bracket + 1 < host->end && bracket[1] == ':' ? bracket + 1 : NULL;
}

/* Reads the host and the port of a URL (RFC 3986, 3.2), whose scheme ends before @authority, and ignores the
 * rest. */
static gboolean
parse_url (const RoadSyntaxPart *part, const char *authority, RoadTargetItem *item, GError **error)
{
  g_autofree char *text = g_strndup (authority, (gsize) (part->end - authority));
  RoadSyntaxPart host = road_syntax_part_new (part, authority, authority + strcspn (text, "/?#"));
  const char *at = memrchr (host.start, '@', (gsize) (host.end - host.start));
  const char *colon;
  guint port = 0;

  if (at != NULL)
    host.start = at + 1;
  if (*host.start != '[' && road_syntax_part_count (&host, ':') > 1)
    {
      road_syntax_fail (error, part->line, host.start,
                        _ ("In a URL an IPv6 address needs brackets, as in http://[2001:db8::1]/"));
      return FALSE;
    }

  colon = find_url_colon (&host);
  if (colon != NULL)
    {
      RoadSyntaxPart tail = road_syntax_part_new (&host, colon + 1, host.end);

      if (!parse_url_port (&tail, &port, error))
        return FALSE;
      host.end = colon;
    }
  if (host.start == host.end)
    {
      road_syntax_part_fail (part, host.start, error, _ ("There is no host in “%s”"));
      return FALSE;
    }

  if (!parse_host (&host, item, error))
    return FALSE;
  item->port = (guint16) port;

  return TRUE;
}

/**
 * road_target_parser_run:
 * @line: the line of the target
 * @start: where the target begins
 * @end: after its end; between the two there is at least one character and no white space
 * @item: (out): the result
 * @error: return location for a %ROAD_ERROR_SYNTAX
 */
gboolean
road_target_parser_run (const RoadSyntaxLine *line,
                        const char *start,
                        const char *end,
                        RoadTargetItem *item,
                        GError **error)
{
  RoadSyntaxPart part = { line, start, end };
  const char *colon = road_syntax_part_find (&part, ':');

  if (colon != NULL && end - colon >= 3 && strncmp (colon, "://", 3) == 0)
    return parse_url (&part, colon + 3, item, error);

  /* The rest of a URL without its scheme. */
  if (end - start > 1 && end[-1] == '/' && road_syntax_part_count (&part, '/') == 1)
    part.end--;

  return parse_host (&part, item, error);
}
