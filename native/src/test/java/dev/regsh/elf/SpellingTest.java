// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    /** What the demangler writes, and what somebody types for it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ns::f(int) | ns::f",
        "ns::f(int) | ns::f( int )",
        "void ns::f<int>(int) | ns::f<int>(int)",
        "void ns::f<int>(int) | ns::f<int>",
        "void ns::f<int>(int) | ns::f",
        "std::vector<int, std::allocator<int> >::iterator find<int>(int) | find<int>(int)",
        "greet(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&) | greet(std::string const&)",
        "greet(std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&) | greet(const std::string&)",
        "sum(std::vector<int, std::allocator<int> > const&) | sum(const std::vector<int>&)",
        "sum(std::vector<std::vector<int, std::allocator<int> >, std::allocator<std::vector<int, std::allocator<int> > > >) "
                + "| sum(std::vector<std::vector<int>>)",
        "open(char const*, int) | open(const char*, int)",
        "name[abi:cxx11](int) | name(int)",
        "a::operator()(int) const | a::operator()",
        "a::operator bool() const | a::operator bool",
        "mycrate::work::h0123456789abcdef | mycrate::work",
        "_$LT$mycrate..Thing$u20$as$u20$core..fmt..Display$GT$::fmt::h0123456789abcdef | <mycrate::Thing as core::fmt::Display>::fmt",
    })
    void isFoundAsTyped(String written, String typed) {
        Set<String> all = Spelling.all(written);
        assertTrue(all.contains(Spelling.of(typed)), typed + " is none of " + all);
    }
}
