/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-spec-private.h"

#include <string.h>

/* Commas between whole targets, beside those inside a pattern of nmap's:
 *
 *     192.168.1.1,nas.lan            two targets, as no pattern has letters
 *     192.168.1.1,192.168.1.7        two targets, as the first is complete and “192.168.1.7” is no octet
 *     192.168.1.1,7                  one pattern
 *     10.0.0,1.5                     one pattern, as “10.0.0” is not complete
 *     http://a/b,c                   one target: a URL can have commas
 */

#define N_DOTS 3

static guint
count_dots (const char *p, const char *end)
{
  guint n = 0;

  for (; p < end; p++)
    n += *p == '.';

  return n;
}

/* Whether there is nothing but a part of an IPv4 pattern. */
static gboolean
is_ipv4 (const char *p, const char *end)
{
  for (; p < end; p++)
    {
      if (strchr (ROAD_TARGET_IPV4_CHARS, *p) == NULL && *p != '/')
        return FALSE;
    }

  return TRUE;
}

static const char *
find_comma (const char *p, const char *end)
{
  const char *comma = p < end ? memchr (p, ',', (gsize) (end - p)) : NULL;

  return comma != NULL ? comma : end;
}

/**
 * road_target_split:
 * @start: where targets without white space between them begin
 * @end: after their end
 *
 * Returns: the comma after the first target, or @end if there is only one
 */
const char *
road_target_split (const char *start, const char *end)
{
  for (const char *comma = find_comma (start, end); comma < end;)
    {
      const char *next_end = find_comma (comma + 1, end);
      g_autofree char *target = g_strndup (start, (gsize) (comma - start));
      const gboolean is_complete =
          count_dots (start, comma) >= N_DOTS &&
          (strchr (target, '/') != NULL || count_dots (comma + 1, next_end) > 0);

      if (strstr (target, "://") != NULL)
        return end;
      if (comma > start && next_end > comma + 1 &&
          (!is_ipv4 (start, comma) || !is_ipv4 (comma + 1, next_end) || is_complete))
        return comma;

      comma = next_end;
    }

  return end;
}
