/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-target-spec-private.h"

#include <string.h>

/**
 * road_target_split_port:
 * @text: what was typed
 * @port: (out): the port
 *
 * Recognizes “host:80” and “[2001:db8::1]:80”, which are not targets, as ports are given separately.
 *
 * Returns: (transfer full) (nullable): the target without the port, or %NULL if @text is anything else
 */
char *
road_target_split_port (const char *text, guint16 *port)
{
  g_autofree char *target = g_strstrip (g_strdup (text));
  g_autoptr (RoadTargetSpec) spec = NULL;
  char *colon = strrchr (target, ':');
  guint number;

  g_return_val_if_fail (port != NULL, NULL);

  if (colon == NULL || (*target != '[' && strchr (target, ':') != colon) ||
      (*target == '[' && colon[-1] != ']') || strpbrk (target, " \t\n,/") != NULL ||
      !road_syntax_parse_number (colon + 1, target + strlen (target), G_MAXUINT16, &number) ||
      number == 0)
    return NULL;

  *colon = '\0';
  spec = road_target_spec_parse (target, NULL);
  if (spec == NULL)
    return NULL;

  *port = (guint16) number;

  return g_steal_pointer (&target);
}
