/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "road-certificate.h"

#include <string.h>

/* Reads a certificate (RFC 5280, section 4.1) in DER (X.690): each element is a tag, a length and that many bytes.
 * Nothing is verified. GIO tells neither the key nor the parts of a name. */

#define TAG_INTEGER 0x02
#define TAG_BIT_STRING 0x03
#define TAG_OCTET_STRING 0x04
#define TAG_OID 0x06
#define TAG_UTC_TIME 0x17
#define TAG_GENERALIZED_TIME 0x18
#define TAG_BMP_STRING 0x1e
#define TAG_SEQUENCE 0x30
#define TAG_SET 0x31
#define TAG_VERSION 0xa0
#define TAG_EXTENSIONS 0xa3
#define TAG_DNS_NAME 0x82
#define TAG_IP_ADDRESS 0x87

/* How many parts of a name and how many alternative names are read. */
#define MAX_PARTS 32
#define MAX_NAMES 64

/* A part of the certificate that is not read yet. */
typedef struct
{
  const guint8 *data;
  gsize length;
} Bytes;

/* Takes the next element from @bytes.
 * Returns: its tag; 0 if there is none */
static guint8
take (Bytes *bytes, Bytes *content)
{
  const guint8 *data = bytes->data;
  gsize size, head = 2;

  *content = (Bytes){ NULL, 0 };
  if (bytes->length < 2)
    return 0;

  size = data[1];
  if (size > 0x80)
    {
      const gsize n = size - 0x80;

      if (n > 3 || bytes->length < 2 + n)
        return 0;
      size = 0;
      for (gsize i = 0; i < n; i++)
        size = size << 8 | data[2 + i];
      head += n;
    }
  else if (size == 0x80)
    return 0;
  if (size > bytes->length - head)
    return 0;

  *content = (Bytes){ data + head, size };
  bytes->data += head + size;
  bytes->length -= head + size;

  return data[0];
}

static gboolean
take_tag (Bytes *bytes, guint8 tag, Bytes *content)
{
  return take (bytes, content) == tag;
}

static gboolean
is_oid (const Bytes *oid, const char *expected, gsize length)
{
  return oid->length == length && memcmp (oid->data, expected, length) == 0;
}

#define IS_OID(oid, literal) is_oid ((oid), (literal), sizeof (literal) - 1)

/* Returns: (nullable): how nmap and OpenSSL call the attribute of a name */
static const char *
get_attribute (const Bytes *oid)
{
  static const struct
  {
    guint8 number;
    const char *name;
  } names[] = {
    { 3, "commonName" },          { 6, "countryName" },       { 7, "localityName" },
    { 8, "stateOrProvinceName" }, { 10, "organizationName" }, { 11, "organizationalUnitName" },
  };

  if (IS_OID (oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01"))
    return "emailAddress";
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (oid->length == 3 && oid->data[0] == 0x55 && oid->data[1] == 0x04 &&
          oid->data[2] == names[i].number)
        return names[i].name;
    }

  return NULL;
}

/* Returns: (transfer full) (nullable): the text, which may contain anything but zeros */
static char *
get_text (guint8 tag, const Bytes *bytes)
{
  if (tag == TAG_BMP_STRING)
    return g_convert ((const char *) bytes->data, (gssize) bytes->length, "UTF-8", "UCS-2BE", NULL,
                      NULL, NULL);

  {
    g_autofree char *copy = g_malloc (bytes->length + 1);

    for (gsize i = 0; i < bytes->length; i++)
      copy[i] = bytes->data[i] != 0 ? (char) bytes->data[i] : '\x01';
    copy[bytes->length] = '\0';

    return g_steal_pointer (&copy);
  }
}

/* Returns: (transfer full): as “commonName=nas/organizationName=Home” */
static char *
read_name (Bytes name)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Bytes set, pair, oid, value;

  for (guint i = 0; i < MAX_PARTS && take_tag (&name, TAG_SET, &set); i++)
    {
      g_autofree char *part = NULL;
      const char *attribute;
      guint8 tag;

      if (!take_tag (&set, TAG_SEQUENCE, &pair) || !take_tag (&pair, TAG_OID, &oid))
        break;
      tag = take (&pair, &value);
      attribute = get_attribute (&oid);
      part = tag != 0 ? get_text (tag, &value) : NULL;
      if (attribute != NULL && part != NULL)
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "/" : "", attribute, part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
get_number (const guint8 *digits, guint n)
{
  int number = 0;

  for (guint i = 0; i < n; i++)
    number = number * 10 + (digits[i] - '0');

  return number;
}

/* RFC 5280, 4.1.2.5: YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ.
 * Returns: in seconds since 1970; 0 if it is something else */
static gint64
read_time (Bytes *bytes)
{
  g_autoptr (GDateTime) time = NULL;
  Bytes content;
  const guint8 tag = take (bytes, &content);
  const guint8 *digits = content.data;
  const guint n = tag == TAG_UTC_TIME ? 2 : 4;
  int year;

  if ((tag != TAG_UTC_TIME && tag != TAG_GENERALIZED_TIME) || content.length != n + 11)
    return 0;
  for (guint i = 0; i < n + 10; i++)
    {
      if (!g_ascii_isdigit (digits[i]))
        return 0;
    }

  year = get_number (digits, n);
  if (n == 2)
    year += year < 50 ? 2000 : 1900;
  digits += n;
  time = g_date_time_new_utc (year, get_number (digits, 2), get_number (digits + 2, 2),
                              get_number (digits + 4, 2), get_number (digits + 6, 2),
                              get_number (digits + 8, 2));

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

static guint
get_modulus_bits (Bytes key)
{
  Bytes numbers, modulus;
  guint bits;

  /* The first byte of a bit string says how many bits of the last one are not used. */
  if (key.length < 1)
    return 0;
  key.data++;
  key.length--;
  if (!take_tag (&key, TAG_SEQUENCE, &numbers) || !take_tag (&numbers, TAG_INTEGER, &modulus))
    return 0;

  while (modulus.length > 0 && modulus.data[0] == 0)
    {
      modulus.data++;
      modulus.length--;
    }
  if (modulus.length == 0 || modulus.length > G_MAXUINT16 / 8)
    return 0;

  bits = (guint) modulus.length * 8;
  for (guint8 first = modulus.data[0]; !(first & 0x80); first = (guint8) (first << 1))
    bits--;

  return bits;
}

static void
read_key (Bytes info, RoadTls *tls)
{
  Bytes algorithm, oid, curve, key;

  if (!take_tag (&info, TAG_SEQUENCE, &algorithm) || !take_tag (&algorithm, TAG_OID, &oid) ||
      !take_tag (&info, TAG_BIT_STRING, &key))
    return;

  if (IS_OID (&oid, "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"))
    {
      tls->key_type = g_strdup ("rsa");
      tls->key_bits = get_modulus_bits (key);
    }
  else if (IS_OID (&oid, "\x2a\x86\x48\xce\x3d\x02\x01"))
    {
      tls->key_type = g_strdup ("ec");
      if (take_tag (&algorithm, TAG_OID, &curve))
        tls->key_bits = IS_OID (&curve, "\x2a\x86\x48\xce\x3d\x03\x01\x07") ? 256
                        : IS_OID (&curve, "\x2b\x81\x04\x00\x22")           ? 384
                        : IS_OID (&curve, "\x2b\x81\x04\x00\x23")           ? 521
                                                                            : 0;
    }
  else if (IS_OID (&oid, "\x2b\x65\x70"))
    {
      tls->key_type = g_strdup ("ed25519");
      tls->key_bits = 256;
    }
  else if (IS_OID (&oid, "\x2a\x86\x48\xce\x38\x04\x01"))
    tls->key_type = g_strdup ("dsa");
}

static void
add_alternative_name (GStrvBuilder *names, guint8 tag, const Bytes *name)
{
  g_autofree char *text = NULL;

  if (tag == TAG_DNS_NAME)
    text = get_text (tag, name);
  else if (tag == TAG_IP_ADDRESS && (name->length == 4 || name->length == 16))
    {
      g_autoptr (GInetAddress) address =
          g_inet_address_new_from_bytes (name->data, name->length == 4 ? G_SOCKET_FAMILY_IPV4
                                                                       : G_SOCKET_FAMILY_IPV6);

      text = g_inet_address_to_string (address);
    }
  if (text != NULL && *text != '\0')
    g_strv_builder_add (names, text);
}

static void
read_extensions (Bytes extensions, GStrvBuilder *names)
{
  Bytes list, extension, oid, content, alternatives, name;
  guint8 tag;

  if (!take_tag (&extensions, TAG_SEQUENCE, &list))
    return;

  while (take_tag (&list, TAG_SEQUENCE, &extension))
    {
      if (!take_tag (&extension, TAG_OID, &oid) || !IS_OID (&oid, "\x55\x1d\x11"))
        continue;
      /* Whether it is critical can come between. */
      do
        tag = take (&extension, &content);
      while (tag != 0 && tag != TAG_OCTET_STRING);
      if (tag == 0 || !take_tag (&content, TAG_SEQUENCE, &alternatives))
        continue;
      for (guint i = 0; i < MAX_NAMES && (tag = take (&alternatives, &name)) != 0; i++)
        add_alternative_name (names, tag, &name);
      return;
    }
}

/**
 * road_certificate_parse:
 * @der: (array length=length): a certificate, which a stranger made
 * @tls: empty; what the certificate says. Its texts may contain anything but zeros; see
 *   road_tls_get_certificate_note()
 *
 * Returns: %FALSE if it is no certificate; then @tls may have some of it
 */
gboolean
road_certificate_parse (const guint8 *der, gsize length, RoadTls *tls)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  Bytes all = { der, length };
  Bytes outer, certificate, content, validity;
  gboolean is_certificate;
  guint8 tag;

  g_return_val_if_fail (der != NULL || length == 0, FALSE);
  g_return_val_if_fail (tls != NULL, FALSE);

  if (!take_tag (&all, TAG_SEQUENCE, &outer) || !take_tag (&outer, TAG_SEQUENCE, &certificate))
    return FALSE;

  tag = take (&certificate, &content);
  if (tag == TAG_VERSION)
    tag = take (&certificate, &content);
  /* The serial number, and the algorithm of the signature. */
  if (tag != TAG_INTEGER || !take_tag (&certificate, TAG_SEQUENCE, &content) ||
      !take_tag (&certificate, TAG_SEQUENCE, &content))
    return FALSE;

  tls->issuer = read_name (content);
  is_certificate = take_tag (&certificate, TAG_SEQUENCE, &validity);
  if (is_certificate)
    {
      tls->not_before = read_time (&validity);
      tls->not_after = read_time (&validity);
      is_certificate = take_tag (&certificate, TAG_SEQUENCE, &content);
    }
  if (is_certificate)
    {
      tls->subject = read_name (content);
      is_certificate = take_tag (&certificate, TAG_SEQUENCE, &content);
    }
  if (is_certificate)
    read_key (content, tls);
  while ((tag = take (&certificate, &content)) != 0)
    {
      if (tag == TAG_EXTENSIONS)
        read_extensions (content, names);
    }

  tls->names = g_strv_builder_end (names);
  tls->fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der, length);

  return is_certificate;
}
