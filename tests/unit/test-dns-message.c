/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "engine/who/road-dns-message.h"

#include <string.h>

#define ID 0x1234
#define QUESTION "2.0.77.10.in-addr.arpa"

/* The header of an answer with one question and one record; “\x02.” and so on are labels. */
#define HEADER "\x12\x34\x84\x00\x00\x01\x00\x01\x00\x00\x00\x00"
#define NAME                                                                                       \
  "\x01"                                                                                           \
  "2"                                                                                              \
  "\x01"                                                                                           \
  "0"                                                                                              \
  "\x02"                                                                                           \
  "77"                                                                                             \
  "\x02"                                                                                           \
  "10"                                                                                             \
  "\x07"                                                                                           \
  "in-addr"                                                                                        \
  "\x04"                                                                                           \
  "arpa"                                                                                           \
  "\x00"
#define ASKED NAME "\x00\x0c\x00\x01"
#define PTR "\xc0\x0c\x00\x0c\x80\x01\x00\x00\x00\x0a"
#define LOCAL                                                                                      \
  "\x05"                                                                                           \
  "local"                                                                                          \
  "\x00"

#define MESSAGE(bytes) (const guint8 *) (bytes), sizeof (bytes) - 1

typedef struct
{
  const char *name;
  const guint8 *bytes;
  gsize size;
  const char *answer; /* NULL if it is none */
} Case;

static const Case cases[] = {
  { "name",
    MESSAGE (HEADER ASKED PTR "\x00\x0f"
                              "\x07"
                              "printer" LOCAL),
    "printer.local" },
  { "without-question",
    MESSAGE ("\x12\x34\x84\x00\x00\x00\x00\x01\x00\x00\x00\x00" NAME
             "\x00\x0c\x00\x01\x00\x00\x00\x0a"
             "\x00\x09"
             "\x01"
             "a" LOCAL),
    "a.local" },
  { "utf-8",
    MESSAGE (HEADER ASKED PTR "\x00\x0d"
                              "\x05"
                              "K\xc3\xbc"
                              "ch" LOCAL),
    "K\xc3\xbc"
    "ch.local" },
  { "second-record",
    MESSAGE ("\x12\x34\x84\x00\x00\x01\x00\x02\x00\x00\x00\x00" ASKED
             "\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x0a"
             "\x00\x03"
             "abc" PTR "\x00\x09"
             "\x01"
             "a" LOCAL),
    "a.local" },
  /* the name in the data points back to a name before */
  { "compressed-data",
    MESSAGE ("\x12\x34\x84\x00\x00\x02\x00\x01\x00\x00\x00\x00" ASKED LOCAL "\x00\x0c\x00\x01" PTR
             "\x00\x06"
             "\x03"
             "nas"
             "\xc0\x28"),
    "nas.local" },

  /* Losing these: a stranger's answer is taken. */
  { "wrong-id",
    MESSAGE ("\x12\x35\x84\x00\x00\x01\x00\x01\x00\x00\x00\x00" ASKED PTR "\x00\x09"
             "\x01"
             "a" LOCAL),
    NULL },
  { "question-of-another",
    MESSAGE ("\x12\x34\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00" ASKED PTR "\x00\x09"
             "\x01"
             "a" LOCAL),
    NULL },
  { "error",
    MESSAGE ("\x12\x34\x84\x03\x00\x01\x00\x01\x00\x00\x00\x00" ASKED PTR "\x00\x09"
             "\x01"
             "a" LOCAL),
    NULL },
  { "another-owner",
    MESSAGE (HEADER ASKED "\x01"
                          "3"
                          "\xc0\x0e"
                          "\x00\x0c\x80\x01\x00\x00\x00\x0a"
                          "\x00\x09"
                          "\x01"
                          "a" LOCAL),
    NULL },
  { "not-local",
    MESSAGE (HEADER ASKED PTR "\x00\x0a"
                              "\x04"
                              "bank"
                              "\x03"
                              "com"
                              "\x00"),
    NULL },
  { "only-local", MESSAGE (HEADER ASKED PTR "\x00\x07" LOCAL), NULL },

  /* Losing these: a name commands the terminal, or seems to be another one. */
  { "control",
    MESSAGE (HEADER ASKED PTR "\x00\x0c"
                              "\x04"
                              "\x1b[2J" LOCAL),
    NULL },
  { "direction",
    MESSAGE (HEADER ASKED PTR "\x00\x0c"
                              "\x04"
                              "\xe2\x80\xae"
                              "a" LOCAL),
    NULL },
  { "not-utf-8",
    MESSAGE (HEADER ASKED PTR "\x00\x0a"
                              "\x02"
                              "\xff\xfe" LOCAL),
    NULL },
  { "zero",
    MESSAGE (HEADER ASKED PTR "\x00\x0b"
                              "\x03"
                              "a\x00"
                              "b" LOCAL),
    NULL },
  { "dot-in-label",
    MESSAGE (HEADER ASKED PTR "\x00\x0b"
                              "\x03"
                              "a.b" LOCAL),
    NULL },

  /* Losing these: a broken packet is read beyond its end, or for ever. */
  { "empty", MESSAGE (""), NULL },
  { "header-only", MESSAGE (HEADER), NULL },
  { "loop",
    MESSAGE (HEADER ASKED PTR "\x00\x02"
                              "\xc0\x34"),
    NULL },
  { "loop-of-two",
    MESSAGE (HEADER "\xc0\x0e\xc0\x0c"
                    "\x00\x0c\x00\x01" PTR "\x00\x09"
                    "\x01"
                    "a" LOCAL),
    NULL },
  { "forward",
    MESSAGE (HEADER ASKED PTR "\x00\x04"
                              "\x00\x00"
                              "\xc0\x30"),
    NULL },
  { "pointer-outside",
    MESSAGE (HEADER ASKED PTR "\x00\x02"
                              "\xff\xff"),
    NULL },
  { "half-a-pointer",
    MESSAGE (HEADER ASKED PTR "\x00\x01"
                              "\xc0"),
    NULL },
  { "label-of-64",
    MESSAGE (HEADER ASKED PTR "\x00\x09"
                              "\x40"
                              "a" LOCAL),
    NULL },
  { "label-beyond-data",
    MESSAGE (HEADER ASKED PTR "\x00\x02"
                              "\x05"
                              "a"),
    NULL },
  { "data-beyond-end",
    MESSAGE (HEADER ASKED PTR "\xff\xff"
                              "\x01"
                              "a" LOCAL),
    NULL },
  { "name-longer-than-data",
    MESSAGE (HEADER ASKED PTR "\x00\x04"
                              "\x01"
                              "a" LOCAL),
    NULL },
  { "name-shorter-than-data",
    MESSAGE (HEADER ASKED PTR "\x00\x0a"
                              "\x01"
                              "a" LOCAL "x"),
    NULL },
  { "many-records", MESSAGE ("\x12\x34\x84\x00\x00\x01\xff\xff\x00\x00\x00\x00" ASKED), NULL },
  { "many-questions", MESSAGE ("\x12\x34\x84\x00\xff\xff\x00\x01\x00\x00\x00\x00" ASKED), NULL },
};

static void
test_answer (gconstpointer data)
{
  const Case *c = data;
  /* its end is the end of the memory, for sanitizers */
  g_autofree guint8 *message = g_memdup2 (c->bytes, c->size);
  g_autofree char *answer = road_dns_read_answer (message, c->size, ID, QUESTION);

  g_assert_cmpstr (answer, ==, c->answer);

  /* A packet that was cut off is no answer, wherever. */
  for (gsize size = 0; size < c->size; size++)
    {
      g_autofree guint8 *part = g_memdup2 (c->bytes, size);
      g_autofree char *none = road_dns_read_answer (part, size, ID, QUESTION);

      g_assert_null (none);
    }
}

/* Losing this: names of 127 labels, or a packet of 64 KiB, take long or much memory. */
static void
test_size (void)
{
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autofree char *none = NULL;

  g_byte_array_append (message, MESSAGE (HEADER ASKED PTR "\x02\x00"));
  for (guint i = 0; i < 252; i++)
    g_byte_array_append (message, MESSAGE ("\x01"
                                           "a"));
  g_byte_array_append (message, MESSAGE (LOCAL "\x00"));
  g_assert_null (road_dns_read_answer (message->data, message->len, ID, QUESTION));

  g_byte_array_set_size (message, 65536);
  memcpy (message->data, MESSAGE (HEADER ASKED PTR "\x00\x09"
                                                   "\x01"
                                                   "a" LOCAL));
  none = road_dns_read_answer (message->data, message->len, ID, QUESTION);
  g_assert_null (none);
}

static void
assert_bytes (GByteArray *message, const guint8 *bytes, gsize size)
{
  g_assert_cmpmem (message->data, message->len, bytes, size);
}

/* Losing this: a machine is asked for the name of another address. */
static void
test_question (void)
{
  static const struct
  {
    const char *address;
    const char *name;
  } names[] = {
    { "10.77.0.2", QUESTION },
    { "2001:db8::567:89ab",
      "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa" },
  };
  g_autoptr (GByteArray) message = road_dns_new_question (ID, QUESTION);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = NULL;
      RoadAddress address;

      g_assert_true (road_address_parse (&address, names[i].address));
      name = road_dns_reverse_name (&address);
      g_assert_cmpstr (name, ==, names[i].name);
    }

  assert_bytes (message, MESSAGE ("\x12\x34\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00" ASKED));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dns-message/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_answer);
    }
  g_test_add_func ("/dns-message/size", test_size);
  g_test_add_func ("/dns-message/question", test_question);

  return g_test_run ();
}
