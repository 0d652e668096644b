/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-spec-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_OCTETS 4

static gboolean
is_large (const RoadSyntaxPart *part)
{
  return part->start < part->end && road_syntax_part_has_only (part, "0123456789");
}

static gboolean
parse_octet_number (const RoadSyntaxPart *part, guint *number, GError **error)
{
  if (part->end - part->start > 1 && *part->start == '0' &&
      road_syntax_part_has_only (part, "0123456789"))
    {
      /* Some programs read it as octal; inet_pton() rejects it, too. */
      road_syntax_part_fail (part, part->start, error,
                             _ ("“%s” is ambiguous: write it without the leading 0"));
      return FALSE;
    }
  if (!road_syntax_parse_number (part->start, part->end, 255, number))
    {
      road_syntax_part_fail (part, part->start, error,
                             is_large (part)
                                 ? _ ("“%s” is too large: IPv4 numbers go up to 255")
                                 : _ ("“%s” is not a number of an IPv4 address: these are 0 to "
                                      "255"));
      return FALSE;
    }
  return TRUE;
}

/* “*”, “5”, “1-3”, “-3”, “200-” or “-”, between commas in an octet. */
static gboolean
parse_octet_range (const RoadSyntaxPart *part, RoadOctetSet *octet, GError **error)
{
  const char *hyphen = road_syntax_part_find (part, '-');
  guint first = 0;
  guint last = 255;

  if (part->start == part->end)
    {
      road_syntax_fail (
          error, part->line, part->start,
          _ ("A number is missing here: an IPv4 address has four, as in 192.168.1.1"));
      return FALSE;
    }

  if (hyphen != NULL)
    {
      RoadSyntaxPart low = road_syntax_part_new (part, part->start, hyphen);
      RoadSyntaxPart high = road_syntax_part_new (part, hyphen + 1, part->end);

      if (low.start < low.end && !parse_octet_number (&low, &first, error))
        return FALSE;
      if (high.start < high.end && !parse_octet_number (&high, &last, error))
        return FALSE;
    }
  else if (part->end - part->start > 1 || *part->start != '*')
    {
      if (!parse_octet_number (part, &first, error))
        return FALSE;
      last = first;
    }

  if (first > last)
    {
      road_syntax_fail (error, part->line, part->start, _ ("This range is reversed: write %u-%u"),
                        last, first);
      return FALSE;
    }
  road_octet_set_add (octet, first, last);

  return TRUE;
}

static gboolean
parse_octet (const RoadSyntaxPart *part, RoadOctetSet *octet, GError **error)
{
  const char *start = part->start;

  for (;;)
    {
      const char *end = start;
      RoadSyntaxPart range;

      while (end < part->end && *end != ',')
        end++;
      range = road_syntax_part_new (part, start, end);
      if (!parse_octet_range (&range, octet, error))
        return FALSE;
      if (end == part->end)
        return TRUE;
      start = end + 1;
    }
}

static gboolean
parse_octets (const RoadSyntaxPart *part, RoadOctetSet octets[N_OCTETS], GError **error)
{
  const char *start = part->start;

  memset (octets, 0, N_OCTETS * sizeof (RoadOctetSet));
  for (int i = 0; i < N_OCTETS; i++)
    {
      const char *end = start;
      RoadSyntaxPart octet;

      while (end < part->end && *end != '.')
        end++;
      octet = road_syntax_part_new (part, start, end);
      if (!parse_octet (&octet, &octets[i], error))
        return FALSE;
      if (i < N_OCTETS - 1 && end == part->end)
        {
          road_syntax_part_fail (
              part, part->start, error,
              _ ("“%s” is not a whole IPv4 address, which has four numbers, as in "
                 "192.168.1.1"));
          return FALSE;
        }
      if (i == N_OCTETS - 1 && end < part->end)
        {
          road_syntax_fail (error, part->line, end,
                            _ ("An IPv4 address has only four numbers; targets are separated by "
                               "spaces or commas"));
          return FALSE;
        }
      start = end + 1;
    }

  return TRUE;
}

static gboolean
parse_ipv4 (const RoadSyntaxPart *part, RoadAddress *address, GError **error)
{
  RoadOctetSet octets[N_OCTETS];
  RoadTargetItem item;

  if (!parse_octets (part, octets, error))
    return FALSE;
  road_target_item_init_octets (&item, octets);
  g_assert (item.kind == ROAD_TARGET_RANGE && item.n == 1);
  *address = item.u.range.first;

  return TRUE;
}

/* “10.0.0.1-10.0.1.20”. */
static gboolean
parse_ipv4_range (const RoadSyntaxPart *part, RoadTargetItem *item, GError **error)
{
  const char *hyphen = road_syntax_part_find (part, '-');
  RoadSyntaxPart low = road_syntax_part_new (part, part->start, hyphen);
  RoadSyntaxPart high = road_syntax_part_new (part, hyphen + 1, part->end);
  RoadAddress first;
  RoadAddress last;

  if (!parse_ipv4 (&low, &first, error) || !parse_ipv4 (&high, &last, error))
    return FALSE;
  if (road_address_compare (&first, &last) > 0)
    {
      road_syntax_part_fail (part, part->start, error,
                             _ ("“%s” is reversed: the lower address must come first"));
      return FALSE;
    }
  road_target_item_init_range (item, &first, &last);

  return TRUE;
}

/**
 * road_target_parse_ipv4:
 * @part: the target
 * @slash: (nullable): the “/” before its prefix length
 * @item: (out): the result
 * @error: return location for a %ROAD_ERROR_SYNTAX
 *
 * Parses an IPv4 address, range, network, or pattern with octet ranges and lists.
 */
gboolean
road_target_parse_ipv4 (const RoadSyntaxPart *part,
                        const char *slash,
                        RoadTargetItem *item,
                        GError **error)
{
  RoadSyntaxPart host = road_syntax_part_new (part, part->start, slash != NULL ? slash : part->end);
  RoadOctetSet octets[N_OCTETS];

  if (slash != NULL)
    {
      RoadSyntaxPart tail = road_syntax_part_new (part, slash + 1, part->end);
      RoadAddress address;
      guint prefix;

      if (!road_syntax_part_has_only (&host, "0123456789."))
        {
          road_syntax_part_fail (
              &host, part->start, error,
              _ ("A prefix length belongs to one address, not to a range such as “%s”"));
          return FALSE;
        }
      if (!parse_ipv4 (&host, &address, error) ||
          !road_target_parse_prefix (&tail, 32, &prefix, error))
        return FALSE;
      road_target_item_init_network (item, &address, prefix);
      return TRUE;
    }

  if (road_syntax_part_count (&host, '-') == 1 &&
      road_syntax_part_count (&host, '.') == 2 * (N_OCTETS - 1) &&
      road_syntax_part_has_only (&host, "0123456789.-"))
    return parse_ipv4_range (&host, item, error);

  if (!parse_octets (&host, octets, error))
    return FALSE;
  road_target_item_init_octets (item, octets);

  return TRUE;
}

gboolean
road_target_parse_prefix (const RoadSyntaxPart *part, guint max, guint *prefix, GError **error)
{
  g_autofree char *excerpt = NULL;

  if (road_syntax_parse_number (part->start, part->end, max, prefix))
    return TRUE;

  excerpt = road_syntax_excerpt (part->start, part->end);
  road_syntax_fail (error, part->line, part->start,
                    /* Translators: what the user typed, and the longest prefix */
                    _ ("“/%s” is not a prefix length: use /0 to /%u"), excerpt, max);
  return FALSE;
}
