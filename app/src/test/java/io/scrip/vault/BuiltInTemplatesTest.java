package io.scrip.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Tokens are drawn again from built-in templates, so nothing of one may ever change. When this test
 * fails, give the better template another name.
 */
class BuiltInTemplatesTest {
  private static final String REST = " mode=random";

  @Test
  void built_in_templates_are_pinned() {
    assertThat(BuiltInTemplates.all().stream().map(BuiltInTemplatesTest::oneLine))
        .containsExactly(
            "opaque: allow-small-space=true format=opaque mask=first=0,last=0,symbol=*"
                + REST
                + " option.prefix=tok_",
            "uuid: allow-small-space=true format=uuid mask=first=0,last=0,symbol=*" + REST,
            "card: allow-small-space=true format=card mask=first=0,last=4,symbol=*"
                + REST
                + " option.head=6 option.luhn=invalid option.require-luhn=true option.tail=4",
            "digits: allow-small-space=true format=digits mask=first=0,last=2,symbol=*"
                + REST
                + " option.head=0 option.min-drawn=1 option.tail=0",
            "alphanumeric: allow-small-space=true format=alphanumeric mask=first=0,last=2,symbol=*"
                + REST
                + " option.head=0 option.min-drawn=1 option.tail=0",
            "email: allow-small-space=true format=email mask=email,symbol=*"
                + REST
                + " option.domain=keep option.length=25",
            "phone: allow-small-space=true format=phone mask=first=0,last=2,symbol=*" + REST,
            "ssn: allow-small-space=true format=ssn mask=first=0,last=4,symbol=*"
                + REST
                + " option.tail=0",
            "iban: allow-small-space=true format=iban mask=first=2,last=4,symbol=*"
                + REST
                + " option.check=invalid",
            "date: allow-small-space=true format=date mask=first=0,last=0,symbol=*" + REST);
  }

  @Test
  void they_are_revision_0_and_live_until_revoked() {
    Collection<Template> all = BuiltInTemplates.all();
    assertThat(all).allMatch(Template::isBuiltIn);
    assertThat(all)
        .allMatch(template -> template.lease().equals(io.scrip.lease.LeaseTerms.UNBOUNDED));
    assertThat(all).allMatch(template -> template.revealPermission().isEmpty());
  }

  private static String oneLine(Template template) {
    return template.name()
        + ": "
        + TemplateText.print(template).lines().collect(Collectors.joining(" "));
  }
}
