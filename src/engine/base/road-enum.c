/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-enum.h"

/* The class is never freed: the types are static. */
static GEnumClass *
get_class (GType type)
{
  GEnumClass *klass = g_type_class_peek (type);

  return klass != NULL ? klass : g_type_class_ref (type);
}

const char *
road_enum_to_string (GType type, int value)
{
  const GEnumValue *enum_value = g_enum_get_value (get_class (type), value);

  g_return_val_if_fail (enum_value != NULL, NULL);

  return enum_value->value_nick;
}

/* Returns: %FALSE if @string, (nullable), is the name of none, and @value is left as it is */
gboolean
road_enum_from_string (GType type, const char *string, int *value)
{
  const GEnumValue *enum_value;

  g_return_val_if_fail (value != NULL, FALSE);

  enum_value = string != NULL ? g_enum_get_value_by_nick (get_class (type), string) : NULL;
  if (enum_value == NULL)
    return FALSE;

  *value = enum_value->value;
  return TRUE;
}
